// After each text that is meant to be taken along: a button that copies it. Without a script, or where the browser forbids
// it, the text can still be marked.
for (const text of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  if (!navigator.clipboard) break;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'kern-btn kern-btn--tertiary kern-btn--x-small copy';
  const label = document.createElement('span');
  label.className = 'kern-label';
  label.setAttribute('role', 'status');
  label.textContent = text.dataset.copy ?? '';
  button.append(label);
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText((text.textContent ?? '').trim());
    label.textContent = text.dataset.copied ?? '';
    setTimeout(() => (label.textContent = text.dataset.copy ?? ''), 4_000);
  });
  text.after(button);
}
