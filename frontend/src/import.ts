// Keeps the page of an import fresh while it is at work, and shows how a file is understood after every change of its mapping.
// Without this script a reload and the button "show preview" do the same.
async function exchange(answer: Response): Promise<void> {
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const other = fresh.querySelector<HTMLElement>(`[data-fresh="${part.dataset.fresh}"]`);
    if (!other) continue;
    // What somebody is just using stays, unless the work has ended meanwhile.
    const ended = document.querySelector('[data-poll]') && !fresh.querySelector('[data-poll]');
    if (part.contains(document.activeElement) && !ended) continue;
    if (other.dataset.poll) part.dataset.poll = other.dataset.poll;
    else delete part.dataset.poll;
    part.replaceChildren(...other.childNodes);
  }
}

async function poll(): Promise<void> {
  const part = document.querySelector<HTMLElement>('[data-poll]');
  if (!part) return;
  await new Promise((done) => setTimeout(done, Number(part.dataset.poll)));
  try {
    const answer = await fetch(location.href);
    if (answer.ok) await exchange(answer);
  } catch {
    // The server is away for a moment; the next look finds it again.
  }
  void poll();
}

const form = document.querySelector<HTMLFormElement>('form[data-preview]');
if (form) {
  let asked = 0;
  form.addEventListener('change', async () => {
    const mine = ++asked;
    const chosen = new URLSearchParams();
    new FormData(form).forEach((value, name) => chosen.append(name, String(value)));
    chosen.set('do', 'preview');
    const answer = await fetch(form.action, { method: 'POST', body: chosen });
    if (mine === asked) await exchange(answer);
  });
}
void poll();
