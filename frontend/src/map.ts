// A map of places whose list stands beside it. The library is fetched only here, and only when the map comes into view.
import type { Feature, FeatureCollection } from 'geojson';
import type { GeoJSONSource, MapLayerMouseEvent, StyleSpecification } from 'maplibre-gl';

interface Place {
  name: string;
  address: string;
  text: string;
}

const EMPTY = { type: 'FeatureCollection' as const, features: [] };
const dark = matchMedia('(prefers-color-scheme: dark)').matches;

for (const box of document.querySelectorAll<HTMLElement>('[data-map]')) {
  new IntersectionObserver((entries, watcher) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      watcher.disconnect();
      void show(box);
    }
  }).observe(box);
}

async function json(address: string): Promise<FeatureCollection> {
  if (address === '') return EMPTY;
  const answer = await fetch(address);
  if (!answer.ok) return EMPTY;
  const found: FeatureCollection = await answer.json();
  return { ...found, features: found.features.filter(isPlace) };
}

/** One place that is none, such as a coordinate that is a word, would take all others with it. */
function isPlace(feature: Feature): boolean {
  return feature.geometry != null && numbers(feature).length > 1 && numbers(feature).every(Number.isFinite);
}

function numbers(feature: Feature): number[] {
  return 'coordinates' in feature.geometry ? ((feature.geometry.coordinates as unknown[]).flat(4) as number[]) : [];
}

/** What the library says by itself, in the page's language: the box has a word for each as `data-say-…`. */
function words(box: HTMLElement): Record<string, string> {
  const said: Record<string, string | undefined> = {
    'Map.Title': box.dataset.label,
    'NavigationControl.ZoomIn': box.dataset.sayZoomIn,
    'NavigationControl.ZoomOut': box.dataset.sayZoomOut,
    'Popup.Close': box.dataset.sayClose,
    'AttributionControl.ToggleAttribution': box.dataset.sayOrigin,
    'CooperativeGesturesHandler.WindowsHelpText': box.dataset.sayScroll,
    'CooperativeGesturesHandler.MacHelpText': box.dataset.sayScrollMac,
    'CooperativeGesturesHandler.MobileHelpText': box.dataset.sayFingers,
  };
  return Object.fromEntries(Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Without a style of the operator's: the town's areas on a plain ground, nothing from elsewhere. */
function plain(): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': dark ? '#1f2130' : '#f3f4f8' } }],
  };
}

function reach(features: Feature[]): [number, number, number, number] | undefined {
  const flat = features.flatMap(numbers);
  if (flat.length < 2) return undefined;
  const east = flat.filter((_, index) => index % 2 === 0);
  const north = flat.filter((_, index) => index % 2 === 1);
  return [Math.min(...east), Math.min(...north), Math.max(...east), Math.max(...north)];
}

async function show(box: HTMLElement): Promise<void> {
  const [{ Map: View, NavigationControl, Popup, ScaleControl, setWorkerUrl }, worker, points, areas] = await Promise.all([
    import('maplibre-gl'),
    import('maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'),
    json(box.dataset.points ?? ''),
    json('/map/areas.geojson'),
    import('./map.css'),
  ]);
  setWorkerUrl(worker.default);
  const bounds = reach(points.features) ?? reach(areas.features);
  if (!bounds) {
    const said = box.querySelector('.map-without');
    if (said) said.textContent = box.dataset.nothing ?? '';
    return;
  }
  box.replaceChildren();
  const map = new View({
    container: box,
    style: box.dataset.style || plain(),
    bounds,
    fitBoundsOptions: { padding: 40, maxZoom: 15 },
    // Who made a style and its tiles is named by themselves.
    attributionControl: box.dataset.style ? { compact: false } : false,
    cooperativeGestures: true,
    locale: words(box),
  });
  map.getCanvas().setAttribute('aria-label', box.dataset.label ?? '');
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  map.on('load', () => {
    map.addSource('areas', { type: 'geojson', data: areas });
    map.addLayer({ id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': '#8a8fb0', 'fill-opacity': 0.12 } });
    map.addLayer({ id: 'borders', type: 'line', source: 'areas', paint: { 'line-color': '#8a8fb0' } });
    map.addSource('points', { type: 'geojson', data: points });
    map.addLayer({
      id: 'points',
      type: 'circle',
      source: 'points',
      paint: {
        'circle-radius': 9,
        'circle-color': dark ? '#a5b4ff' : '#171a8c',
        'circle-stroke-color': dark ? '#1f2130' : '#ffffff',
        'circle-stroke-width': 2,
      },
    });
    box.dataset.ready = String((map.getSource('points') as GeoJSONSource | undefined) !== undefined);
  });
  map.on('click', 'points', (event: MapLayerMouseEvent) => {
    const place = event.features?.[0]?.properties as Place | undefined;
    if (!place) return;
    const content = document.createElement('p');
    const name = document.createElement(place.address ? 'a' : 'span');
    if (name instanceof HTMLAnchorElement) name.href = place.address;
    name.textContent = place.name;
    content.append(name, document.createElement('br'), place.text ?? '');
    new Popup().setLngLat(event.lngLat).setDOMContent(content).addTo(map);
  });
}
