// A form that asks the device for a passkey before it is sent. Where the browser cannot, it stays hidden.
async function ask(form: HTMLFormElement): Promise<string> {
  const token = (form.elements.namedItem('_form') as HTMLInputElement).value;
  const answer = await fetch(form.dataset.begin!, { method: 'POST', headers: { 'X-Form-Token': token } });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const options = await answer.json();
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify((credential as PublicKeyCredential).toJSON());
}

if ('PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    const failed = form.querySelector<HTMLElement>('[data-passkey-failed]')!;
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        form.querySelector<HTMLInputElement>('input[name=credential]')!.value = await ask(form);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
