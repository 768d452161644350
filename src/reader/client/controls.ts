import { HEALTHS } from '../../types.ts';
import { HEALTH_ORDER } from '../list-view.ts';
import { HEALTH_KEYS, type Key } from '../strings.ts';
import { h, labelled, phrase, phraseIn, type View } from '../view.ts';
import { currentLanguage } from './comfort.ts';
import { byId, toDom } from './dom.ts';
import type { Model } from './model.ts';
import { type Choice, SORTS } from './state.ts';

const SORT_KEYS: Readonly<Record<(typeof SORTS)[number], Key>> = {
  list: 'sortList',
  newest: 'sortNewest',
  oldest: 'sortOldest',
  changed: 'sortChanged',
  title: 'sortTitle',
};

/** Puts the search field and the filters above the list; `changed` is called with every new choice. */
export function showControls(choice: Choice, changed: (part: Partial<Choice>) => void): void {
  const place = byId('controls', HTMLDivElement);
  if (place === null) return;
  place.replaceChildren(toDom(searchView(choice)), toDom(filtersView(choice)));
  const field = byId('q', HTMLInputElement);
  field?.addEventListener('input', (event) => {
    // While Chinese is being composed the field holds letters that nobody wants to search for.
    if (event instanceof InputEvent && event.isComposing) return;
    changed({ q: field.value });
  });
  field?.addEventListener('compositionend', () => changed({ q: field.value }));
  for (const name of ['platform', 'source'] as const) {
    const select = byId(`by-${name}`, HTMLSelectElement);
    select?.addEventListener('change', () => changed({ [name]: select.value }));
  }
  const sort = byId('by-sort', HTMLSelectElement);
  sort?.addEventListener('change', () => changed({ sort: SORTS.find((known) => known === sort.value) ?? 'list' }));
  for (const chip of place.querySelectorAll<HTMLButtonElement>('button.chip')) {
    chip.addEventListener('click', () => {
      const health = HEALTHS.find((known) => known === chip.dataset.health) ?? '';
      changed({ health: chip.getAttribute('aria-pressed') === 'true' ? '' : health });
    });
  }
  byId('clear', HTMLButtonElement)?.addEventListener('click', () =>
    changed({ q: '', health: '', platform: '', source: '', sort: 'list' }),
  );
}

function searchView(choice: Choice): View {
  const language = currentLanguage();
  return h(
    'div',
    { class: 'search', role: 'search' },
    phraseIn('label', { for: 'q', class: 'visually-hidden' }, language, 'searchLabel'),
    h('input', {
      id: 'q',
      type: 'search',
      value: choice.q,
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
      ...labelled(language, 'placeholder', 'searchPlaceholder'),
    }),
    h('kbd', { 'aria-hidden': 'true' }, '/'),
  );
}

function filtersView(choice: Choice): View {
  const language = currentLanguage();
  const chips = HEALTH_ORDER.map((health) =>
    h(
      'button',
      {
        type: 'button',
        class: `chip health ${health}`,
        'data-health': health,
        'aria-pressed': String(choice.health === health),
        hidden: true,
      },
      phrase(language, HEALTH_KEYS[health]),
      ' ',
      h('b', {}, ''),
    ),
  );
  const select = (name: 'platform' | 'source' | 'sort', label: Key, ...options: View[]) =>
    h('label', { class: 'choose' }, phrase(language, label), h('select', { id: `by-${name}` }, ...options));
  const all = () => phraseIn('option', { value: '' }, language, 'filterAll');
  return h(
    'div',
    { class: 'filters', role: 'group', ...labelled(language, 'aria-label', 'filters') },
    h('div', { class: 'chips', role: 'group', ...labelled(language, 'aria-label', 'filterHealth') }, ...chips),
    select('platform', 'filterPlatform', all()),
    select('source', 'filterSource', all()),
    select('sort', 'sort', ...SORTS.map((sort) => phraseIn('option', { value: sort }, language, SORT_KEYS[sort]))),
    phraseIn('button', { type: 'button', id: 'clear', class: 'button', hidden: true }, language, 'clearFilters'),
    h('p', { id: 'count', role: 'status' }),
  );
}

/** Fills in what only the whole list knows: the counts, platforms and sources. */
export function fillControls(model: Model): void {
  const healths = new Map<string, number>();
  const platforms = new Map<string, number>();
  for (const entry of model.entries) {
    if (entry === undefined) continue;
    healths.set(entry.health, (healths.get(entry.health) ?? 0) + 1);
    platforms.set(entry.platform, (platforms.get(entry.platform) ?? 0) + 1);
  }
  for (const chip of document.querySelectorAll<HTMLButtonElement>('#controls button.chip')) {
    const count = healths.get(chip.dataset.health ?? '') ?? 0;
    chip.hidden = count === 0;
    const sum = chip.querySelector('b');
    if (sum !== null) sum.textContent = String(count);
  }
  const names = [...platforms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  addOptions(
    'by-platform',
    names.map((name) => h('option', { value: name, 'data-t': `platform:${name}` }, name)),
  );
  const files = [...new Set(model.groups.map((group) => group.file))];
  addOptions(
    'by-source',
    files.map((file) => h('option', { value: file }, file)),
  );
}

function addOptions(id: string, options: readonly View[]): void {
  const select = byId(id, HTMLSelectElement);
  if (select === null) return;
  while (select.options.length > 1) select.remove(1);
  for (const option of options) select.append(toDom(option));
}

/** Makes the controls show the choice, however it came about. */
export function reflectChoice(choice: Choice, plain: boolean): void {
  const field = byId('q', HTMLInputElement);
  if (field !== null && field.value !== choice.q) field.value = choice.q;
  for (const name of ['platform', 'source', 'sort'] as const) {
    const select = byId(`by-${name}`, HTMLSelectElement);
    if (select !== null) select.value = choice[name];
  }
  for (const chip of document.querySelectorAll<HTMLButtonElement>('#controls button.chip')) {
    chip.setAttribute('aria-pressed', String(chip.dataset.health === choice.health));
  }
  const clear = byId('clear', HTMLButtonElement);
  if (clear !== null) clear.hidden = plain;
  document.body.classList.toggle('choosing', !plain);
}
