// Dictation and reading aloud by the browser. What that means for privacy stands above each button; where a browser can
// do neither, nothing is offered.
type Hearing = {
  lang: string;
  onresult: (event: { results: { 0: { 0: { transcript: string } } } }) => void;
  onerror: () => void;
  onend: () => void;
  start(): void;
};

/** Letters of a question, as the town takes it. */
const LONGEST = 1000;

const offer = (name: string) => document.querySelector<HTMLElement>(`[data-chat-${name}]`);
const start = (box: HTMLElement) => box.querySelector('button')!;

export function offerVoice(field: () => HTMLInputElement, answer: () => string): void {
  const given = window as unknown as Record<string, (new () => Hearing) | undefined>;
  const Recognition = given.SpeechRecognition ?? given.webkitSpeechRecognition;
  const dictate = offer('dictate');
  if (dictate && Recognition) {
    dictate.hidden = false;
    start(dictate).addEventListener('click', () => {
      const failed = dictate.querySelector<HTMLElement>('[role=alert]')!;
      failed.hidden = true;
      const hearing = new Recognition();
      hearing.lang = document.documentElement.lang;
      hearing.onresult = (event) => (field().value = event.results[0][0].transcript.slice(0, LONGEST));
      hearing.onerror = () => (failed.hidden = false);
      hearing.onend = () => field().focus();
      hearing.start();
    });
  }
  const read = offer('read');
  if (read && 'speechSynthesis' in window) {
    read.hidden = false;
    start(read).addEventListener('click', () => {
      const spoken = new SpeechSynthesisUtterance(answer());
      spoken.lang = document.documentElement.lang;
      speechSynthesis.cancel();
      speechSynthesis.speak(spoken);
    });
  }
}
