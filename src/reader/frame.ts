import { element, type Page, type PageChild, toHtml } from './markup.ts';
import { LANG_TAG, type Language } from './strings.ts';
import { h, labelled, phrase, phraseIn } from './view.ts';

/**
 * What a page of the reader may do: show itself, its own pictures, styles and scripts. No address of another host is in
 * it, so nothing can be asked of the network. Browsers count files beside the page as 'self'.
 */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%23a63a24'/%3E%3Cpath d='M6 18h20l-4 7H10zM16 5v11M16 6l7 9h-7z' fill='none' stroke='%23fff' stroke-width='2.4' stroke-linejoin='round'/%3E%3C/svg%3E";

export interface FrameOptions {
  language: Language;
  /** From the page to archive/: empty, `../`, `../../`. */
  root: string;
  /** For the browser's tab, before the collection's name. */
  title: string | null;
  collection: string;
  kind: 'list' | 'article' | 'dashboard' | 'diff';
  /** Data files to load before the application, paths below archive/. */
  data?: readonly string[];
  attrs?: Readonly<Record<string, string>>;
}

/** A whole page. */
export function renderFrame(options: FrameOptions, ...content: PageChild[]): string {
  const { language, root, kind, collection } = options;
  const main = element('main', { id: 'content', tabindex: '-1', ...options.attrs }, ...content);
  const body = element(
    'body',
    { class: `${kind}-page`, 'data-root': root },
    phraseIn('a', { class: 'skip', href: '#content' }, language, 'skip'),
    bar(options),
    main,
    h('footer', { class: 'foot' }, phraseIn('p', {}, language, 'footer')),
  );
  const title = options.title === null ? collection : `${options.title} · ${collection}`;
  return `<!doctype html>\n${toHtml(element('html', { lang: LANG_TAG[language] }, head(title, options), body))}\n`;
}

function head(title: string, { root, data = [] }: FrameOptions): Page {
  const script = (path: string, defer: boolean): Page => h('script', { src: root + path, defer: defer ? true : null });
  return element(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, title),
    h('link', { rel: 'icon', href: ICON }),
    h('link', { rel: 'stylesheet', href: `${root}reader/reader.css` }),
    script('reader/boot.js', false),
    ...data.map((path) => script(path, true)),
    script('reader/reader.js', true),
  );
}

function bar({ language, root, kind, collection }: FrameOptions): Page {
  const here = (page: string) => (kind === page ? 'page' : null);
  return element(
    'header',
    { class: 'bar' },
    h(
      'a',
      { class: 'brand', href: `${root}index.html` },
      h('span', { class: 'seal', 'aria-hidden': 'true' }, '舟'),
      h('span', {}, collection),
    ),
    h(
      'nav',
      { ...labelled(language, 'aria-label', 'mainNavigation') },
      phraseIn('a', { href: `${root}index.html`, 'aria-current': here('list') }, language, 'list'),
      phraseIn('a', { href: `${root}reader/dashboard.html`, 'aria-current': here('dashboard') }, language, 'dashboard'),
    ),
    h(
      'div',
      { class: 'tools', hidden: true },
      h(
        'button',
        {
          type: 'button',
          id: 'help-button',
          ...labelled(language, 'aria-label', 'keys'),
          ...labelled(language, 'title', 'keys'),
        },
        '?',
      ),
      h(
        'button',
        {
          type: 'button',
          id: 'theme-button',
          ...labelled(language, 'aria-label', 'themeAuto'),
          ...labelled(language, 'title', 'themeAuto'),
        },
        h('span', { class: 'theme-icon', 'aria-hidden': 'true' }),
      ),
      h('button', { type: 'button', id: 'language-button' }, phrase(language, 'otherLanguage')),
    ),
  );
}
