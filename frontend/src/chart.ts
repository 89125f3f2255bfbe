// Lets people move along a chart and read what stands there, with a slider, the mouse or a finger; and draw a part of the time
// with the mouse, which is then asked for. All words come from the server. Without this script the table says the same.
const SVG = 'http://www.w3.org/2000/svg';
/** Less than this is a click with an unsteady hand. */
const SHORTEST = 8;

/** What was read when a chart was exchanged for a fresh one, by its place on the page. */
const chosen = new Map<number, string>();

interface Mark {
  line: SVGPathElement;
  part: SVGPathElement;
}

class Readable {
  private readonly figure: HTMLElement;
  private readonly slider: HTMLInputElement;
  private readonly places: HTMLLIElement[];
  private readonly marks: Mark[];
  private readonly drawings: SVGSVGElement[];
  private begin: { x: number; place: number } | undefined;
  private part: [number, number] | undefined;
  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.stop();
  };

  constructor(
    private readonly box: HTMLElement,
    private readonly number: number,
  ) {
    this.figure = box.closest('figure')!;
    this.slider = box.querySelector('input')!;
    this.places = [...box.querySelectorAll('li')];
    this.drawings = [...this.figure.querySelectorAll<SVGSVGElement>('.chart-drawing')];
    this.marks = this.drawings.map((drawing) => ({ part: add(drawing, 'chart-part'), line: add(drawing, 'chart-marker') }));
  }

  attach(): void {
    if (this.places.length === 0) return;
    this.figure.classList.add('chart-readable');
    this.align();
    const before = this.places.findIndex((place) => place.textContent === chosen.get(this.number));
    this.go(before < 0 ? this.places.length - 1 : before);
    this.slider.addEventListener('input', () => this.choose(Number(this.slider.value)));
    const days = new Set(this.places.flatMap((place) => [place.dataset.first, place.dataset.last]));
    const zoomable = this.box.dataset.whole !== '' && days.size > 1;
    this.explain(zoomable);
    for (const drawing of this.drawings) this.listen(drawing, zoomable);
    this.box.hidden = false;
  }

  /** The slider reaches from the first place to the last, so that its thumb stands below the marker. */
  private align(): void {
    const width = this.drawings[0]!.viewBox.baseVal.width;
    const first = this.at(0) / width;
    const reach = this.at(this.places.length - 1) / width - first;
    this.slider.style.setProperty('--chart-first', `${first * 100}%`);
    this.slider.style.setProperty('--chart-reach', `${reach * 100}%`);
  }

  /** How a part is drawn, and, once one is shown, the way back. */
  private explain(zoomable: boolean): void {
    const words = this.box.querySelector<HTMLElement>('[data-part]');
    if (!words) return;
    const isPart = new URLSearchParams(location.search).has('from');
    words.querySelector('span')!.hidden = !zoomable;
    words.querySelector('a')!.hidden = !isPart;
    words.hidden = !zoomable && !isPart;
  }

  private listen(drawing: SVGSVGElement, zoomable: boolean): void {
    drawing.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse' && event.button !== 0) return;
      const place = this.nearest(drawing, event);
      this.choose(place);
      if (event.pointerType !== 'mouse' || !zoomable) return;
      event.preventDefault();
      drawing.setPointerCapture(event.pointerId);
      this.begin = { x: event.clientX, place };
      document.addEventListener('keydown', this.escape);
    });
    drawing.addEventListener('pointermove', (event) => {
      const place = this.nearest(drawing, event);
      if (this.begin && (this.part || Math.abs(event.clientX - this.begin.x) > SHORTEST)) {
        this.draw(this.begin.place, place);
      } else {
        this.choose(place);
      }
    });
    drawing.addEventListener('pointerup', () => {
      const part = this.part;
      this.stop();
      if (part) this.show(part);
    });
    drawing.addEventListener('pointercancel', () => this.stop());
  }

  private at(place: number): number {
    return Number(this.places[place]!.dataset.at);
  }

  private nearest(drawing: SVGSVGElement, event: PointerEvent): number {
    const box = drawing.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * drawing.viewBox.baseVal.width;
    let low = 0;
    let high = this.places.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.at(middle) + this.at(middle + 1)) / 2 < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private choose(place: number): void {
    chosen.set(this.number, this.places[place]!.textContent ?? '');
    this.go(place);
  }

  private go(place: number): void {
    const words = this.places[place]!;
    this.slider.value = String(place);
    this.slider.setAttribute('aria-valuetext', words.textContent ?? '');
    this.say(...[...words.childNodes].map((one) => one.cloneNode(true)));
    for (const mark of this.marks) mark.line.setAttribute('d', `M${words.dataset.at} 0V100`);
  }

  private say(...words: (Node | string)[]): void {
    this.box.querySelector('[data-read]')!.replaceChildren(...words);
  }

  /** Whole days, because that is what an address asks for. */
  private draw(one: number, other: number): void {
    let low = Math.min(one, other);
    let high = Math.max(one, other);
    while (low > 0 && this.places[low - 1]!.dataset.last === this.places[low]!.dataset.first) low--;
    while (high < this.places.length - 1 && this.places[high + 1]!.dataset.first === this.places[high]!.dataset.last) high++;
    this.part = [low, high];
    const time = (place: number): string => this.places[place]!.querySelector('strong')!.textContent!.replace(/:$/, '');
    this.say(`${time(low)} – ${time(high)}`);
    for (const mark of this.marks) mark.part.setAttribute('d', `M${this.at(low)} 0H${this.at(high)}V100H${this.at(low)}z`);
  }

  private stop(): void {
    if (this.part) this.go(Number(this.slider.value));
    document.removeEventListener('keydown', this.escape);
    this.begin = undefined;
    this.part = undefined;
    for (const mark of this.marks) mark.part.removeAttribute('d');
  }

  private show([low, high]: [number, number]): void {
    const address = new URL(this.box.dataset.whole!, location.href);
    address.searchParams.set('from', this.places[low]!.dataset.first!);
    address.searchParams.set('to', this.places[high]!.dataset.last!);
    location.assign(address);
  }
}

function add(drawing: SVGSVGElement, name: string): SVGPathElement {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('class', name);
  drawing.append(path);
  return path;
}

function attach(): void {
  document.querySelectorAll<HTMLElement>('.chart-reading[hidden]').forEach((box, number) => new Readable(box, number).attach());
}

document.addEventListener('fresh', attach);
attach();
