import type { Row } from '../entries.ts';
import { groupViews, type ListContext, rowView } from '../list-view.ts';
import { holdsAll } from '../search/query.ts';
import { say } from '../strings.ts';
import { phraseIn } from '../view.ts';
import { currentLanguage, localise, onKey } from './comfort.ts';
import { fillControls, reflectChoice, showControls } from './controls.ts';
import { byId, rootPath, toDom } from './dom.ts';
import { type Found, findEntries } from './finder.ts';
import { emptyModel, loadModel, type Model } from './model.ts';
import { missingIn, Snippets, waitingSnippet } from './snippets.ts';
import { type Choice, chosenHits, chosenRows, isPlain, readChoice, type Shown, writeChoice } from './state.ts';
import { dropWaiting } from './texts.ts';
import { Walker } from './walker.ts';

/** Lines that are added at a time. */
const CHUNK = 60;
/** Hits that are added at a time: some more than a screen shows. */
const HITS = 20;
/** Hits of which the text is read to be sure, at most. */
const MOST_READ = 300;
/** After the last key, how long to wait before searching, in milliseconds. */
const PAUSE = 12;

/** The list: takes over the lines that stand in the page and makes them searchable. */
export function openList(): void {
  const place = byId('list', HTMLElement);
  const model = emptyModel();
  if (place !== null && model !== null) new ListApp(place, model).open();
}

class ListApp {
  readonly #place: HTMLElement;
  readonly #model: Model;
  readonly #walker: Walker;
  readonly #snippets = new Snippets();
  readonly #sentinel = document.createElement('button');
  #choice: Choice = readChoice('').choice;
  #found: Found | null = null;
  #shown: Shown[] = [];
  #drawn = 0;
  #timer = 0;
  /** Counts searches, so that a late answer to an old one is not shown. */
  #turn = 0;

  constructor(place: HTMLElement, model: Model) {
    this.#place = place;
    this.#model = model;
    this.#walker = new Walker(place, () => this.#more());
  }

  open(): void {
    const { choice, goTo, search } = readChoice(location.hash);
    this.#choice = choice;
    showControls(choice, (part) => this.#change(part));
    this.#openSentinel();
    this.#openKeys();
    this.#openContents();
    if (window.matchMedia('(max-width: 64rem)').matches)
      document.querySelector('.contents details')?.removeAttribute('open');
    document.addEventListener('linkark-language', () => this.#count());
    if (search) byId('q', HTMLInputElement)?.focus();
    void loadModel(this.#model).then(() => this.#loaded(goTo));
  }

  async #loaded(goTo: string | null): Promise<void> {
    fillControls(this.#model);
    localise(document.body);
    document.documentElement.dataset.ready = 'true';
    if (isPlain(this.#choice)) {
      this.#shown = chosenRows(this.#model, this.#choice);
      this.#drawn = this.#place.querySelectorAll('.row').length;
      this.#finish();
    } else await this.#run();
    if (goTo !== null) this.#goTo(goTo);
  }

  #change(part: Partial<Choice>): void {
    this.#choice = { ...this.#choice, ...part };
    writeChoice(this.#choice);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#run(), 'q' in part ? PAUSE : 0);
  }

  /** Shows what is chosen, from the top. */
  async #run(): Promise<void> {
    const turn = ++this.#turn;
    dropWaiting();
    this.#snippets.clear();
    const { q } = this.#choice;
    const found = q.trim() === '' ? null : await findEntries(this.#model, q);
    if (turn !== this.#turn) return;
    this.#found = found !== null && found.literals.length > 0 ? found : null;
    this.#shown =
      this.#found === null
        ? chosenRows(this.#model, this.#choice)
        : chosenHits(this.#model, this.#choice, this.#found.hits);
    this.#drawn = 0;
    this.#place.replaceChildren();
    this.#more();
    this.#finish();
    if (this.#found !== null) void this.#makeSure(this.#found);
  }

  #finish(): void {
    const plain = isPlain(this.#choice);
    reflectChoice(this.#choice, plain);
    byId('pages', HTMLElement)?.setAttribute('hidden', '');
    this.#count();
    this.#sentinel.hidden = this.#drawn >= this.#shown.length;
  }

  #count(): void {
    const status = byId('count', HTMLParagraphElement);
    if (status === null) return;
    const language = currentLanguage();
    const n = String(this.#shown.length);
    if (this.#found === null) {
      const total = this.#choice.sort === 'list' ? this.#model.rows.length : this.#model.total;
      status.textContent = isPlain(this.#choice) ? '' : say(language, 'countShown', n, String(total));
    } else {
      const { unsure } = this.#found;
      const key = this.#shown.some((shown) => unsure.has(shown.n)) ? 'countAtMost' : 'countFound';
      status.textContent = say(language, key, n, this.#choice.q.trim());
    }
  }

  /** Draws the next lines. False where there are none. */
  #more(upTo = this.#drawn + (this.#found === null ? CHUNK : HITS)): boolean {
    const next = this.#shown.slice(this.#drawn, upTo);
    const language = currentLanguage();
    const { entries, groups } = this.#model;
    const context: ListContext = { language, root: rootPath(), entries, groups };
    if (this.#found !== null || this.#choice.sort !== 'list') this.#drawFlat(context, next);
    else this.#drawGroups(context, next);
    this.#drawn += next.length;
    if (this.#drawn === 0)
      this.#place.replaceChildren(toDom(phraseIn('p', { class: 'empty' }, language, 'nothingFound')));
    this.#sentinel.hidden = this.#drawn >= this.#shown.length;
    return next.length > 0;
  }

  #drawGroups(context: ListContext, next: readonly Shown[]): void {
    const rows = next.map((shown) => this.#model.rows[shown.row]).filter((row): row is Row => row !== undefined);
    const last = this.#shown[this.#drawn - 1];
    const before = last === undefined ? null : (this.#model.rows[last.row] ?? null);
    for (const view of groupViews(context, rows, before)) this.#place.append(toDom(view));
  }

  #drawFlat(context: ListContext, next: readonly Shown[]): void {
    const list = document.createElement('ul');
    list.className = 'rows flat';
    const found = this.#found;
    const fragment = found === null ? '' : `#q=${encodeURIComponent(this.#choice.q.trim())}`;
    for (const { n, row } of next) {
      const entry = this.#model.entries[n];
      if (entry === undefined) continue;
      const note = this.#model.rows[row]?.note ?? [];
      const line = toDom(rowView(context, entry, note, found === null ? null : waitingSnippet(entry), fragment));
      list.append(line);
      if (found !== null && line instanceof HTMLElement) this.#snippets.add(line, entry, found.literals);
    }
    if (list.childElementCount > 0) this.#place.append(list);
  }

  /** Reads the pages that have all that is asked for, but perhaps not side by side, and drops those that have not. */
  async #makeSure(found: Found): Promise<void> {
    const asked = this.#shown.map(({ n }) => n).filter((n) => found.unsure.has(n));
    for (const n of asked.slice(0, MOST_READ)) {
      const entry = this.#model.entries[n];
      const missing = entry === undefined ? null : await missingIn(entry, found.literals);
      if (found !== this.#found) return;
      if (missing !== null && !holdsAll(this.#model.words[n] ?? '', missing)) this.#drop(n);
      if (missing !== null) found.unsure.delete(n);
    }
    this.#count();
  }

  #drop(n: number): void {
    const at = this.#shown.findIndex((shown) => shown.n === n);
    if (at < 0) return;
    this.#shown.splice(at, 1);
    if (at < this.#drawn) {
      this.#drawn--;
      this.#place.querySelector(`.row[data-n="${n}"]`)?.remove();
    }
    if (this.#shown.length === 0) this.#more();
  }

  #openSentinel(): void {
    this.#sentinel.type = 'button';
    this.#sentinel.className = 'button more';
    this.#sentinel.hidden = true;
    this.#sentinel.append(toDom(phraseIn('span', {}, currentLanguage(), 'more')));
    this.#sentinel.addEventListener('click', () => this.#more());
    this.#place.after(this.#sentinel);
    new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#more(), {
      rootMargin: '800px',
    }).observe(this.#sentinel);
  }

  #openKeys(): void {
    const field = byId('q', HTMLInputElement);
    onKey({
      '/': () => {
        field?.focus();
        field?.select();
      },
      j: () => this.#walker.step(1),
      k: () => this.#walker.step(-1),
      Escape: () => {
        if (!isPlain(this.#choice)) this.#change({ q: '', health: '', platform: '', source: '', sort: 'list' });
      },
    });
    field?.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        if (field.value === '') field.blur();
        else this.#change({ q: '' });
        field.value = '';
      } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
        event.preventDefault();
        this.#walker.first();
      }
    });
  }

  /** The contents lead to lines that may not be drawn yet. */
  #openContents(): void {
    document.querySelector('.contents')?.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-group]') : null;
      if (link === null) return;
      event.preventDefault();
      void this.#goToGroup(Number(link.dataset.group));
    });
  }

  async #goToGroup(group: number): Promise<void> {
    if (!isPlain(this.#choice)) {
      this.#change({ q: '', health: '', platform: '', source: '', sort: 'list' });
      window.clearTimeout(this.#timer);
      await this.#run();
    }
    let at = this.#shown.findIndex(({ row }) => this.#model.rows[row]?.group === group);
    if (at > this.#drawn + 3000) {
      this.#choice = { ...this.#choice, source: this.#model.groups[group]?.file ?? '' };
      writeChoice(this.#choice);
      await this.#run();
      at = this.#shown.findIndex(({ row }) => this.#model.rows[row]?.group === group);
    }
    if (at >= this.#drawn) this.#more(at + CHUNK);
    const n = this.#shown[at]?.n;
    if (n !== undefined) this.#walker.goTo(n, 'start');
  }

  #goTo(id: string): void {
    const at = this.#shown.findIndex(({ n }) => this.#model.entries[n]?.id === id);
    if (at < 0 || at > this.#drawn + 5000) return;
    if (at >= this.#drawn) this.#more(at + CHUNK);
    const n = this.#shown[at]?.n;
    if (n !== undefined) this.#walker.goTo(n, 'center');
  }
}
