import { offerVoice } from './voice';

// Asks without loading the page anew: the same form is sent, and of the page that comes back only what is new is taken
// over. One answer is put into the log at once, so that it is told once; the input keeps the focus, and what was typed
// stays in it until it is answered.
const part = (page: ParentNode, name: string) => page.querySelector<HTMLElement>(`[data-chat-${name}]`)!;
const turns = (page: ParentNode) => [...page.querySelectorAll<HTMLElement>('[data-chat-turn]')];

const form = part(document, 'form') as HTMLFormElement;
const field = () => form.querySelector<HTMLInputElement>('[name=question]')!;
const isWrong = (page: ParentNode) => part(page, 'field').querySelector('[aria-invalid=true]') !== null;
let asking = false;

function waits(does: boolean): void {
  asking = does;
  part(document, 'waiting').hidden = !does;
  form.setAttribute('aria-busy', String(does));
}

function takeOver(page: Document, question: string): void {
  for (const name of ['more', 'tools']) {
    part(document, name).replaceChildren(...part(page, name).childNodes);
  }
  const isRefused = isWrong(page);
  const typed = field().value;
  if (isRefused || isWrong(document)) {
    // The list of errors is for whoever gets the page anew; here the field is at hand and says it.
    page.querySelector('.form-errors')?.remove();
    part(document, 'field').replaceChildren(...part(page, 'field').childNodes);
  }
  if (!isRefused) {
    field().value = typed === question ? '' : typed;
    append(turns(page));
  }
  field().focus({ preventScroll: !isRefused });
  offerPrint();
}

/** Of a talk that is over nothing stays. */
function append(all: HTMLElement[]): void {
  const before = turns(document);
  const isOver = all.length <= before.length;
  before.forEach((turn) => (isOver ? turn.remove() : turn.removeAttribute('id')));
  part(document, 'log').append(...all.slice(isOver ? 0 : before.length));
  document.getElementById('latest')?.scrollIntoView({ block: 'start' });
}

async function ask(to: string, question: string): Promise<void> {
  if (asking) return;
  part(document, 'failed').hidden = true;
  waits(true);
  try {
    const answer = await fetch(to, { method: 'POST', body: new URLSearchParams({ question }) });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'), question);
  } catch {
    part(document, 'failed').hidden = false;
    field().focus();
  } finally {
    waits(false);
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void ask(form.action, field().value);
});

document.addEventListener('submit', (event) => {
  const sent = event.target as HTMLFormElement;
  if (!sent.matches('[data-chat-suggestion]')) return;
  event.preventDefault();
  void ask(sent.action, sent.querySelector('button')!.value);
});

function offerPrint(): void {
  const button = document.querySelector<HTMLElement>('[data-chat-print]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

offerPrint();
offerVoice(field, () => {
  const lines = turns(document).at(-1)?.querySelectorAll('.chat-answer > p:not(.chat-sources)');
  return [...(lines ?? document.querySelectorAll('.chat-log .chat-answer p'))].map((line) => line.textContent).join(' ');
});
