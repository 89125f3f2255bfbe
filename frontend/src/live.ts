// Keeps a page fresh while it is open: when the server says that there are new values, the page is asked for again and its
// parts marked with data-fresh are exchanged. Without this script a reload does the same.
const stream = document.querySelector<HTMLElement>('[data-live]')?.dataset.live;

async function refresh(): Promise<void> {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const other = fresh.querySelector<HTMLElement>(`[data-fresh="${part.dataset.fresh}"]`);
    if (!other || part.contains(document.activeElement)) continue;
    const open = [...part.querySelectorAll('details')].map((one) => one.open);
    part.replaceChildren(...other.childNodes);
    part.querySelectorAll('details').forEach((one, index) => (one.open = open[index] ?? false));
  }
  // For other scripts, whose work on these parts went with them.
  document.dispatchEvent(new Event('fresh'));
}

// data-every="2": something is going on that no stream tells of; looked at again after so many seconds.
function lookAgain(): void {
  const every = document.querySelector<HTMLElement>('[data-every]')?.dataset.every;
  if (!every) return;
  setTimeout(() => void refresh().catch(() => undefined).then(lookAgain), Number(every) * 1000);
}
lookAgain();

if (stream) {
  let busy = false;
  new EventSource(stream).addEventListener('values', async () => {
    if (busy) return;
    busy = true;
    await refresh().finally(() => (busy = false));
  });
}
