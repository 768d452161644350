import { isLanguage, type Key, LANG_TAG, type Language, sayMark } from '../strings.ts';
import { h, labelled, phrase, phraseIn } from '../view.ts';
import { byId, toDom } from './dom.ts';
import { remember, remembered } from './memory.ts';

let language: Language = 'en';

export function currentLanguage(): Language {
  return language;
}

/** The language chosen before, else the browser's, where the reader speaks it. */
export function openLanguage(): void {
  const chosen = remembered('language');
  language = chosen !== null && isLanguage(chosen) ? chosen : browserLanguage();
  localise(document.documentElement);
}

function browserLanguage(): Language {
  for (const tag of navigator.languages.length > 0 ? navigator.languages : [navigator.language]) {
    const short = tag.slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return 'en';
}

const ATTRIBUTES = ['aria-label', 'placeholder', 'title'] as const;

/** Puts all phrases of a part of the page into the present language. */
export function localise(root: ParentNode & Node): void {
  document.documentElement.lang = LANG_TAG[language];
  for (const element of root.querySelectorAll('[data-t]')) {
    const words = sayMark(language, element.getAttribute('data-t') ?? '', argumentsOf(element));
    if (words !== null && words !== element.textContent) element.textContent = words;
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[data-t-${name}]`)) {
      const words = sayMark(language, element.getAttribute(`data-t-${name}`) ?? '', []);
      if (words !== null) element.setAttribute(name, words);
    }
  }
}

function argumentsOf(element: Element): string[] {
  const written = element.getAttribute('data-a');
  if (written === null) return [];
  const value: unknown = JSON.parse(written);
  return Array.isArray(value) ? value.map(String) : [];
}

function switchLanguage(): void {
  language = language === 'zh' ? 'en' : 'zh';
  remember('language', language);
  localise(document.documentElement);
  document.dispatchEvent(new Event('linkark-language'));
}

const THEMES = ['auto', 'light', 'dark'] as const;
const THEME_KEYS = { auto: 'themeAuto', light: 'themeLight', dark: 'themeDark' } as const;

function theme(): (typeof THEMES)[number] {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

/** From the system's appearance to light, to dark, and back. */
function switchTheme(): void {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? 'auto';
  if (next === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  remember('theme', next === 'auto' ? null : next);
  nameTheme();
}

function nameTheme(): void {
  const button = byId('theme-button', HTMLButtonElement);
  if (button === null) return;
  button.setAttribute('data-t-aria-label', THEME_KEYS[theme()]);
  button.setAttribute('data-t-title', THEME_KEYS[theme()]);
  if (button.parentElement !== null) localise(button.parentElement);
}

const KEYS: readonly [string, Key][] = [
  ['/', 'keySearch'],
  ['j', 'keyNext'],
  ['k', 'keyPrevious'],
  ['Enter', 'keyOpen'],
  ['Esc', 'keyEscape'],
  ['t', 'keyTheme'],
  ['l', 'keyLanguage'],
  ['?', 'keyHelp'],
];

function showHelp(): void {
  const open = byId('help', HTMLDialogElement);
  if (open !== null) {
    open.close();
    return;
  }
  const rows = KEYS.flatMap(([key, words]) => [h('dt', {}, h('kbd', {}, key)), phraseIn('dd', {}, language, words)]);
  const view = h(
    'dialog',
    { id: 'help', 'aria-labelledby': 'help-title' },
    phraseIn('h2', { id: 'help-title' }, language, 'keys'),
    h('dl', {}, ...rows),
    h(
      'button',
      { type: 'button', class: 'button', ...labelled(language, 'title', 'close') },
      phrase(language, 'close'),
    ),
  );
  const dialog = toDom(view);
  if (!(dialog instanceof HTMLDialogElement)) return;
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.querySelector('button')?.addEventListener('click', () => dialog.close());
  dialog.showModal();
}

/** The buttons at the top, and the keys that work on every page. */
export function openComfort(): void {
  const tools = document.querySelector('.tools');
  tools?.removeAttribute('hidden');
  byId('help-button', HTMLButtonElement)?.addEventListener('click', showHelp);
  byId('theme-button', HTMLButtonElement)?.addEventListener('click', switchTheme);
  byId('language-button', HTMLButtonElement)?.addEventListener('click', switchLanguage);
  nameTheme();
  onKey({ '?': showHelp, t: switchTheme, l: switchLanguage });
}

/** Calls what belongs to a key, unless it is typed into a field or held with another. */
export function onKey(actions: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action(event);
  });
}
