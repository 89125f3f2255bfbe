// Answers from what the page of a count by hand has kept, where there is no network. It looks after that page alone.
interface Fetched extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const CACHE = 'count';

async function kept(request: Request): Promise<Response> {
  const answer = await caches.match(request, { cacheName: CACHE, ignoreSearch: request.mode === 'navigate', ignoreVary: true });
  return answer ?? Response.error();
}

async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) {
      await (await caches.open(CACHE)).put(request.url.replace(/[?#].*/, ''), answer.clone());
    }
    return answer;
  } catch {
    return kept(request);
  }
}

// Names of these files change with what is in them.
async function part(request: Request): Promise<Response> {
  const answer = await kept(request);
  return answer.type === 'error' ? fetch(request) : answer;
}

self.addEventListener('install', () => (self as unknown as { skipWaiting(): void }).skipWaiting());
self.addEventListener('fetch', (event) => {
  const { request } = event as Fetched;
  if (request.method !== 'GET') return;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === 'navigate') (event as Fetched).respondWith(page(request));
  else if (pathname.startsWith('/assets/')) (event as Fetched).respondWith(part(request));
  else if (!pathname.startsWith('/counters/')) {
    (event as Fetched).respondWith(fetch(request).catch(() => kept(request)));
  }
});
