// The chat in a page of anybody: one custom element with a shadow root, so that neither side's styles reach the other.
// The server puts STADTKERN in front: the town's name, colours and words. No cookie ever; nothing is stored before the
// first question, and then only the conversation's key, until the tab is closed. Whatever comes from a source is text.
type Texts = Record<string, string>;
interface Source {
  title: string;
  url: string;
  updated: string | null;
}
interface Answer {
  kind: string;
  label: string;
  text: string;
  sources: Source[];
  suggestions: string[];
  conversation: string;
}
interface Said {
  question: string;
  answer: Answer;
  helpful: boolean | null;
}
interface Hearing {
  lang: string;
  onresult: ((event: { results: { transcript: string }[][] }) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
  start(): void;
}
declare const STADTKERN: {
  name: string;
  office: string;
  phone: string;
  dial: string;
  mail: string;
  texts: Record<string, Texts>;
};
declare const STADTKERN_STYLE: string;

const script = document.currentScript as HTMLScriptElement;
const town = new URL(script.src).origin;
const TAG = 'stadtkern-chat';
const KEY = `${TAG} ${town}`;
const LONGEST = 1000;

/** An element with attributes (`null` leaves one out) and what is in it; texts stay texts. */
function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | null> = {},
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

function button(text: string, pressed: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const one = make('button', { type: 'button', ...attributes }, text);
  one.addEventListener('click', pressed);
  return one;
}

/** Where the browser keeps the key, if it lets us. */
const keeping = {
  get: (): string => {
    try {
      return sessionStorage.getItem(KEY) ?? '';
    } catch {
      return '';
    }
  },
  set: (key: string): void => {
    try {
      if (key) sessionStorage.setItem(KEY, key);
      else sessionStorage.removeItem(KEY);
    } catch {
      // The conversation then lasts as long as this page.
    }
  },
};

class Chat extends HTMLElement {
  private readonly root = this.attachShadow({ mode: 'open' });
  private language = chosenLanguage();
  private easy = false;
  private conversation = '';
  private last: Answer | null = null;
  private helpful: boolean | null = null;
  private asking = false;
  private isReady = false;
  private readonly agreed = new Set<string>();

  private readonly launcher = make('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false' });
  private readonly panel = make('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: '' });
  private readonly heading = make('h2', { id: 'title' });
  private readonly bar = make('div', { class: 'bar' });
  private readonly log = make('div', { class: 'log', role: 'log', tabindex: '0' });
  private readonly more = make('div', { class: 'more' });
  private readonly form = make('form', { novalidate: '' });
  private readonly label = make('label', { for: 'question' });
  private readonly field = make('input', {
    id: 'question',
    type: 'text',
    autocomplete: 'off',
    maxlength: String(LONGEST),
    'aria-describedby': 'greeting wrong',
  });
  private readonly wrong = make('p', { id: 'wrong', class: 'wrong', role: 'alert' });
  private readonly send = make('button', { type: 'submit', class: 'main' });
  private readonly notice = make('div', { class: 'notice' });
  private readonly foot = make('div', { class: 'foot' });

  connectedCallback(): void {
    const style = new CSSStyleSheet();
    style.replaceSync(STADTKERN_STYLE);
    this.root.adoptedStyleSheets = [style];
    this.form.append(this.label, this.field, this.wrong, this.send);
    this.panel.append(this.bar, this.log, this.more, this.form, this.notice, this.foot);
    this.root.append(this.launcher, this.panel);
    this.launcher.addEventListener('click', () => (this.panel.hidden ? void this.open() : this.close()));
    this.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.close();
      }
    });
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.ask(this.field.value);
    });
    this.say();
  }

  private t(name: string): string {
    return STADTKERN.texts[this.language][name] ?? name;
  }

  /** All words, in the language that is chosen now; what was said already stays as it was. */
  private say(): void {
    this.setAttribute('lang', this.language);
    this.launcher.textContent = this.t('title');
    this.heading.textContent = `${this.t('title')} – ${STADTKERN.name}`;
    this.log.setAttribute('aria-label', this.t('log'));
    this.label.textContent = this.t('question');
    this.send.textContent = this.t('ask');
    const others = Object.keys(STADTKERN.texts).filter((tag) => tag !== this.language);
    this.bar.replaceChildren(
      this.heading,
      button(this.t('close'), () => this.close(), { class: 'close' }),
      button(this.t('easy'), () => this.change({ easy: !this.easy }), { 'aria-pressed': String(this.easy) }),
      ...others.map((tag) => button(STADTKERN.texts[tag].name, () => this.change({ language: tag }), { lang: tag })),
    );
    this.sayFoot();
    this.greet();
    this.sayMore();
    this.hear();
  }

  private change(to: { easy?: boolean; language?: string }): void {
    this.easy = to.easy ?? this.easy;
    this.language = to.language ?? this.language;
    const at = this.bar.querySelectorAll('button');
    const place = [...at].indexOf(this.root.activeElement as HTMLButtonElement);
    this.say();
    this.bar.querySelectorAll('button')[place]?.focus();
  }

  private sayFoot(): void {
    const contact = make('p', {}, make('strong', {}, this.t('contact')), ` ${STADTKERN.office} `);
    if (STADTKERN.phone) contact.append(make('a', { href: STADTKERN.dial }, STADTKERN.phone), ' ');
    if (STADTKERN.mail) contact.append(make('a', { href: `mailto:${STADTKERN.mail}` }, STADTKERN.mail));
    this.foot.replaceChildren(contact, make('p', {}, this.t('emergency')));
  }

  private greet(): void {
    const words = this.easy
      ? ['easy.machine', 'easy.stored', 'easy.personal']
      : ['greeting.machine', 'greeting.how', 'greeting.stored'];
    const greeting = make('div', { class: 'answer', id: 'greeting' }, make('p', { class: 'label' }, this.t('label.automatic')));
    words.forEach((name) => greeting.append(make('p', {}, this.t(name))));
    greeting.append(make('p', {}, this.link(this.t('privacy'), `${town}/privacy`)));
    const before = this.log.querySelector('#greeting');
    if (before) before.replaceWith(greeting);
    else this.log.prepend(greeting);
  }

  private async open(): Promise<void> {
    this.panel.hidden = false;
    this.launcher.setAttribute('aria-expanded', 'true');
    this.field.focus();
    if (!this.isReady) {
      this.isReady = true;
      this.conversation = keeping.get();
      if (this.conversation) await this.goOn();
    }
  }

  private close(): void {
    speechSynthesis?.cancel();
    this.panel.hidden = true;
    this.launcher.setAttribute('aria-expanded', 'false');
    this.launcher.focus();
  }

  private async call(path: string, method: string, body?: object): Promise<Response> {
    const headers: Record<string, string> = body ? { 'Content-Type': 'application/json' } : {};
    if (!body) headers.Conversation = this.conversation;
    return fetch(`${town}/api/chat/${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  }

  /** What was said before the page was loaded anew; it is there already and not told again. */
  private async goOn(): Promise<void> {
    try {
      const found = await this.call('conversation', 'GET');
      if (found.status === 404) this.forget();
      if (!found.ok) return;
      const { messages } = (await found.json()) as { messages: Said[] };
      this.log.setAttribute('aria-live', 'off');
      messages.forEach((said) => this.log.append(this.turn(said.question, said.answer)));
      const last = messages.at(-1);
      this.last = last?.answer ?? null;
      this.helpful = last?.helpful ?? null;
      this.sayMore();
      this.log.scrollTop = this.log.scrollHeight;
      setTimeout(() => this.log.removeAttribute('aria-live'), 500);
    } catch {
      // Then it is asked with the next question.
    }
  }

  private forget(): void {
    this.conversation = '';
    keeping.set('');
  }

  private async ask(question: string): Promise<void> {
    if (this.asking) return;
    this.fail('');
    if (!question.trim()) {
      this.fail(this.t('missing'));
      return;
    }
    this.asking = true;
    this.send.textContent = this.t('waiting');
    try {
      let answer = await this.put(question);
      if (this.conversation && (answer.status === 404 || answer.status === 409)) {
        this.forget();
        answer = await this.put(question);
      }
      if (!answer.ok) {
        this.fail(this.t(answer.status === 429 ? 'many' : 'failed'));
        return;
      }
      const told = (await answer.json()) as Answer;
      this.conversation = told.conversation;
      keeping.set(told.conversation);
      if (this.field.value === question) this.field.value = '';
      this.show(question, told);
    } catch {
      this.fail(this.t('failed'));
    } finally {
      this.asking = false;
      this.send.textContent = this.t('ask');
    }
  }

  private put(question: string): Promise<Response> {
    return this.call('questions', 'POST', {
      question,
      language: this.language,
      easy: this.easy,
      ...(this.conversation ? { conversation: this.conversation } : {}),
    });
  }

  private fail(text: string): void {
    this.wrong.textContent = text;
    if (text) this.field.setAttribute('aria-invalid', 'true');
    else this.field.removeAttribute('aria-invalid');
    this.field.focus();
  }

  /** Question and answer come into the log as one, so that they are told once. */
  private show(question: string, answer: Answer): void {
    const turn = this.turn(question, answer);
    this.last = answer;
    this.helpful = null;
    this.sayMore();
    this.log.append(turn);
    turn.scrollIntoView({ block: 'nearest' });
    this.field.focus({ preventScroll: true });
  }

  private turn(question: string, answer: Answer): HTMLElement {
    const said = make('div', { class: `answer ${answer.kind}` }, make('p', { class: 'label' }, this.t(`label.${answer.label}`)));
    answer.text.split('\n').forEach((line) => said.append(make('p', {}, line)));
    const sources = new Map(answer.sources.map((source) => [`${source.url} ${source.title}`, source]));
    if (sources.size > 0) {
      const list = make('ul', {});
      sources.forEach((source) => list.append(make('li', {}, this.source(source))));
      said.append(make('p', { class: 'label' }, this.t('sources')), list);
    }
    const asked = make('div', { class: 'question' }, make('p', { class: 'label' }, this.t('you')), make('p', {}, question));
    return make('div', { class: 'turn' }, asked, said);
  }

  private source(source: Source): Node {
    const day = source.updated ? new Date(source.updated).toLocaleDateString(this.language, { dateStyle: 'long' }) : '';
    const isWeb = /^https?:\/\//.test(source.url);
    const name = isWeb ? this.link(source.title, source.url) : document.createTextNode(source.title);
    return make('span', {}, name, day ? ` (${day})` : '');
  }

  private link(text: string, url: string): HTMLAnchorElement {
    const apart = make('span', { class: 'unseen' }, ` (${this.t('window')})`);
    return make('a', { href: url, target: '_blank', rel: 'noopener' }, text, apart);
  }

  /** What can be done with the last answer stands outside of the log: it is found there and not told. */
  private sayMore(): void {
    const last = this.last;
    this.more.replaceChildren();
    if (!last) return;
    if (last.suggestions.length > 0) {
      this.more.append(make('p', { class: 'label' }, this.t('suggestions')));
      last.suggestions.forEach((text) => this.more.append(button(text, () => void this.ask(text))));
    }
    const rating = make('div', { role: 'group', 'aria-label': this.t('rating') }, make('span', {}, this.t('rating')));
    for (const helpful of [true, false]) {
      rating.append(
        button(this.t(helpful ? 'yes' : 'no'), () => void this.rate(helpful), {
          'aria-pressed': String(this.helpful === helpful),
          'data-helpful': String(helpful),
        }),
      );
    }
    this.more.append(rating);
    if ('speechSynthesis' in window) this.more.append(button(this.t('read'), () => this.read()));
    this.more.append(button(this.t('word'), () => void this.showWord()));
  }

  private async rate(helpful: boolean): Promise<void> {
    const rated = await this.call('rating', 'POST', { conversation: this.conversation, helpful }).catch(() => null);
    if (!rated?.ok) {
      this.fail(this.t('failed'));
      return;
    }
    this.helpful = helpful;
    this.more.querySelectorAll('[data-helpful]').forEach((one) => {
      one.setAttribute('aria-pressed', String(one.getAttribute('data-helpful') === String(helpful)));
    });
  }

  /** The code word, and a way to delete everything at once. */
  private async showWord(): Promise<void> {
    const found = await this.call('conversation', 'GET').catch(() => null);
    if (!found?.ok) {
      this.fail(this.t('failed'));
      return;
    }
    const { word } = (await found.json()) as { word: string };
    const remove = button(this.t('delete'), () => void this.end());
    const elsewhere = make('p', {}, this.link(this.t('elsewhere'), `${town}/chat/delete`));
    this.tell(`${this.t('word')}: ${word}`, elsewhere, remove, this.dismiss());
    remove.focus();
  }

  private async end(): Promise<void> {
    const gone = await this.call('conversation', 'DELETE').catch(() => null);
    if (!gone?.ok && gone?.status !== 404) {
      this.fail(this.t('failed'));
      return;
    }
    this.forget();
    this.last = null;
    this.log.querySelectorAll('.turn').forEach((turn) => turn.remove());
    this.sayMore();
    this.tell(this.t('deleted'));
    this.field.focus();
  }

  private tell(text: string, ...more: Node[]): void {
    this.notice.replaceChildren(make('p', { role: 'status' }, text), ...more);
  }

  private dismiss(): HTMLButtonElement {
    return button(this.t('cancel'), () => {
      this.notice.replaceChildren();
      this.field.focus();
    });
  }

  /** Says before the first use who hears or reads along, and goes on only if that is wished. */
  private agree(what: 'dictate' | 'read', then: () => void): void {
    if (this.agreed.has(what)) {
      then();
      return;
    }
    const go = button(this.t('agree'), () => {
      this.agreed.add(what);
      this.notice.replaceChildren();
      then();
    });
    this.tell(this.t(`${what}.notice`), go, this.dismiss());
    go.focus();
  }

  private read(): void {
    this.agree('read', () => {
      const spoken = new SpeechSynthesisUtterance(this.last?.text ?? '');
      spoken.lang = this.language;
      speechSynthesis.cancel();
      speechSynthesis.speak(spoken);
      this.field.focus();
    });
  }

  /** A button that takes dictation, where the browser can. */
  private hear(): void {
    const given = window as unknown as Record<string, (new () => Hearing) | undefined>;
    const Recognition = given.SpeechRecognition ?? given.webkitSpeechRecognition;
    this.form.querySelector('.dictate')?.remove();
    if (!Recognition) return;
    this.form.append(
      button(
        this.t('dictate'),
        () =>
          this.agree('dictate', () => {
            const hearing = new Recognition();
            hearing.lang = this.language;
            hearing.onresult = (event) => (this.field.value = event.results[0][0].transcript.slice(0, LONGEST));
            hearing.onerror = () => this.fail(this.t('dictate.failed'));
            hearing.onend = () => this.field.focus();
            hearing.start();
          }),
        { class: 'dictate' },
      ),
    );
  }
}

/** What the page that embeds it says, or is written in; else the town's first. */
function chosenLanguage(): string {
  const wished = script.dataset.language ?? document.documentElement.lang.slice(0, 2).toLowerCase();
  return wished in STADTKERN.texts ? wished : Object.keys(STADTKERN.texts)[0];
}

if (!customElements.get(TAG)) {
  customElements.define(TAG, Chat);
  const begin = () => document.querySelector(TAG) ?? document.body.append(document.createElement(TAG));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}

export {};
