// Counting by hand beside a counter. Every tap is in the phone's storage before the next one, so neither a reload nor a lost
// network loses any; a count that has ended waits there until the server has taken it. The key goes with it, so that one that
// was sent twice is stored once.
interface Count {
  key: string;
  from: number;
  to?: number;
  by: string;
  // One letter for each tap: which of the buttons.
  taps: string;
}

interface Kept {
  by?: string;
  running?: Count;
  waiting: Count[];
}

const area = document.querySelector<HTMLElement>('[data-count]');

if (area) {
  const one = <T extends HTMLElement>(name: string) => area.querySelector<T>(`[data-${name}]`)!;
  const taps = [...area.querySelectorAll<HTMLButtonElement>('[data-tap]')];
  const start = one<HTMLButtonElement>('start');
  const stop = one<HTMLButtonElement>('stop');
  const undo = one<HTMLButtonElement>('undo');
  const again = one<HTMLButtonElement>('again');
  const clock = one('clock');
  const said = one('said');
  const by = document.querySelector<HTMLInputElement>('#counted-by')!;
  const place = `count-${area.dataset.count}`;
  const retry = 20_000;
  let sending = false;

  const load = (): Kept => {
    try {
      return { waiting: [], ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>) };
    } catch {
      return { waiting: [] };
    }
  };

  // False where the phone keeps nothing: then nobody is to believe it did.
  const keep = (kept: Kept): boolean => {
    try {
      localStorage.setItem(place, JSON.stringify(kept));
      return true;
    } catch {
      say('full');
      return false;
    }
  };

  const say = (state: string, what = '') => {
    said.textContent = (area.dataset[state] ?? '').replace('#', what);
    said.dataset.state = state;
  };

  const show = () => {
    const { running, waiting } = load();
    taps.forEach((button) => {
      button.disabled = !running;
      button.querySelector('[data-number]')!.textContent = String(
        [...(running?.taps ?? '')].filter((tap) => tap === button.dataset.tap).length,
      );
    });
    start.hidden = !!running;
    start.disabled = false;
    stop.hidden = undo.hidden = !running;
    undo.disabled = !running?.taps;
    by.disabled = !!running;
    again.hidden = !waiting.length;
    tick();
  };

  const tick = () => {
    const { running } = load();
    const seconds = running ? Math.max(0, Math.floor((Date.now() - running.from) / 1000)) : 0;
    const minutes = String(Math.floor(seconds / 60)).padStart(2, '0');
    clock.textContent = `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  };

  // All that is needed while somebody counts fits on a phone at once.
  const look = () => one('said').scrollIntoView();

  // The screen stays on while somebody counts, where the phone allows it.
  const stayAwake = async () => {
    try {
      if (load().running && document.visibilityState === 'visible') await navigator.wakeLock?.request('screen');
    } catch {
      // It goes dark then; nothing is lost.
    }
  };

  const tap = (which: string) => {
    const kept = load();
    if (!kept.running) return;
    kept.running.taps += which;
    if (keep(kept)) {
      navigator.vibrate?.(15);
      show();
    }
  };

  const takeBack = () => {
    const kept = load();
    if (!kept.running?.taps) return;
    kept.running.taps = kept.running.taps.slice(0, -1);
    keep(kept);
    show();
  };

  const begin = () => {
    if (!by.value.trim()) {
      say('name');
      by.focus();
      return;
    }
    const kept = load();
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (keep({ ...kept, by: by.value, running: { key, from: Date.now(), by: by.value, taps: '' } })) {
      say('running');
      show();
      taps[0].focus({ preventScroll: true });
      look();
      void stayAwake();
    }
  };

  const end = () => {
    const { running, ...kept } = load();
    if (!running) return;
    // A count of no time is none.
    const waiting = [...kept.waiting, { ...running, to: Math.max(Date.now(), running.from + 1000) }];
    if (keep({ ...kept, waiting })) {
      show();
      start.focus();
      void send();
    }
  };

  const body = (count: Count, token: string) => {
    const fields = new URLSearchParams({
      _form: token,
      'count-key': count.key,
      'count-from': new Date(count.from).toISOString(),
      'count-to': new Date(count.to!).toISOString(),
      'counted-by': count.by,
    });
    for (const button of taps) {
      const number = [...count.taps].filter((each) => each === button.dataset.tap).length;
      fields.set(`count-${button.dataset.role}`, String(number));
    }
    return fields;
  };

  const post = (count: Count, token: string) =>
    fetch(location.pathname, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: body(count, token),
      redirect: 'manual',
    });

  // A page that was kept for weeks carries the token of an old session.
  const freshToken = async (): Promise<string | undefined> => {
    const answer = await fetch(location.pathname, { cache: 'no-store', redirect: 'manual' });
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.querySelector<HTMLInputElement>('[data-count] input[name=_form]')?.value;
  };

  // Empty once it is stored, else the name of the state.
  const sent = async (count: Count): Promise<string> => {
    try {
      let answer = await post(count, area.querySelector<HTMLInputElement>('input[name=_form]')!.value);
      if (!answer.ok && [0, 401, 403].includes(answer.status)) {
        const token = await freshToken();
        if (!token) return 'login';
        answer = await post(count, token);
      }
      if (answer.ok) return '';
      if (answer.status >= 500 || answer.status === 429) return 'waiting';
      return answer.status === 401 || answer.type === 'opaqueredirect' ? 'login' : 'refused';
    } catch {
      return 'waiting';
    }
  };

  const send = async () => {
    const { waiting } = load();
    if (sending || !waiting.length) return;
    sending = true;
    let worst = '';
    for (const count of waiting) {
      const state = await sent(count);
      if (state) worst = state;
      else {
        const kept = load();
        keep({ ...kept, waiting: kept.waiting.filter((other) => other.key !== count.key) });
      }
    }
    sending = false;
    say(worst || 'sent', String(load().waiting.length));
    show();
  };

  // The page, its script and its looks are kept in the phone, so that it opens without a network too.
  const stay = async () => {
    if (!('serviceWorker' in navigator) || !('caches' in window)) return;
    await navigator.serviceWorker.register(area.dataset.worker!, { scope: location.pathname });
    const parts = performance.getEntriesByType('resource').map((part) => part.name);
    const own = parts.filter((part) => new URL(part).origin === location.origin && !part.includes('count-worker'));
    await (await caches.open('count')).addAll([...new Set([location.pathname, ...own])]);
  };

  taps.forEach((button) => button.addEventListener('click', () => tap(button.dataset.tap!)));
  start.addEventListener('click', begin);
  stop.addEventListener('click', end);
  undo.addEventListener('click', takeBack);
  again.addEventListener('click', () => void send());
  // Only while the focus is in here: a key of one letter must not do anything elsewhere.
  area.addEventListener('keydown', (event) => {
    if (event.repeat || event.target instanceof HTMLInputElement) return;
    if (taps.some((button) => button.dataset.tap === event.key)) tap(event.key);
    else if (event.key === 'Backspace') takeBack();
  });
  document.addEventListener('visibilitychange', () => void stayAwake());
  window.addEventListener('online', () => void send());
  window.addEventListener('storage', show);
  setInterval(tick, 1000);
  setInterval(() => void send(), retry);

  const kept = load();
  if (kept.by && (kept.running || !by.value)) by.value = kept.by;
  if (kept.running) say('resumed');
  else if (kept.waiting.length) say('waiting', String(kept.waiting.length));
  show();
  if (kept.running) look();
  void stayAwake();
  void send();
  stay().catch(() => {
    // Then it needs a network to open; what was tapped stays all the same.
  });
}
