import type { Key, Language } from './strings.ts';
import { type Child, h, phraseIn, type View } from './view.ts';

/** A name in a chart: words of the dictionary, or a text as it is. */
export interface Label {
  /** What stands in the chart. */
  text: string;
  /** Key of the dictionary or `platform:…`, where it changes with the language. */
  mark?: string;
}

/** A row of values, one a column; `css` is the class that colours it. */
export interface Series {
  label: Label;
  css: string;
  values: readonly number[];
}

export interface Chart {
  language: Language;
  id: string;
  title: Key;
  note: Key;
  /** What the columns are: dates, months, hosts. */
  columnKey: Key;
  columns: readonly Label[];
  series: readonly Series[];
  /** Where each column stands, from 0 to 1; evenly where absent. */
  positions?: readonly number[];
  /** How wide the drawing is in its own units, which are about pixels. */
  width?: number;
  /** How a value is written; counts by default. */
  format?: (value: number) => string;
}

const WIDTH = 520;
const HEIGHT = 260;
const LEFT = 44;
const BOTTOM = 26;
const TOP = 10;

/** A stacked area over the columns: how the whole is made up and how that changes. */
export function areaChart(given: Chart): View {
  // One day is one column, which needs no room to the left and right.
  const { width: _, ...narrow } = given;
  const chart = given.columns.length === 1 ? narrow : given;
  return figure(chart, (total, scale) => {
    const floor = chart.columns.map(() => 0);
    const x = (at: number) => placeOf(chart, at).toFixed(1);
    return chart.series
      .map((series) => {
        const low = [...floor];
        for (const [at, value] of series.values.entries()) floor[at] = value + (low[at] ?? 0);
        const up = steps(floor, x, scale);
        const down = steps(low, x, scale).reverse();
        return h(
          'polygon',
          { class: series.css, points: [...up, ...down].join(' ') },
          h('title', {}, `${series.label.text}: ${valueAt(series, series.values.length - 1)}`),
        );
      })
      .concat(total > 0 && chart.columns.length === 1 ? singleColumn(chart, scale) : []);
  });
}

/** A line that keeps its height until the next column, where it changes at once. */
function steps(values: readonly number[], x: (at: number) => string, scale: (value: number) => string): string[] {
  return values.flatMap((value, at) => {
    const before = values[at - 1];
    const here = `${x(at)},${scale(value)}`;
    return before === undefined ? [here] : [`${x(at)},${scale(before)}`, here];
  });
}

/** With one day only there is no area; it is drawn as a column. */
function singleColumn(chart: Chart, scale: (value: number) => string): View[] {
  return columnRects(chart, scale, LEFT + span(chart) / 2 - 40, 80);
}

/** Room for the columns. */
function span(chart: Chart): number {
  return (chart.width ?? WIDTH) - LEFT - 8;
}

/** Where a column of an area stands. */
function placeOf(chart: Chart, at: number): number {
  const last = Math.max(1, chart.columns.length - 1);
  return LEFT + span(chart) * (chart.columns.length === 1 ? 0.5 : (chart.positions?.[at] ?? at / last));
}

/** Stacked columns, one a column of the chart. */
export function columnChart(chart: Chart): View {
  return figure(chart, (_total, scale) => {
    const step = span(chart) / Math.max(1, chart.columns.length);
    const width = Math.min(48, step * 0.7);
    return columnRects(chart, scale, LEFT + (step - width) / 2, width, step);
  });
}

function columnRects(chart: Chart, scale: (value: number) => string, x: number, width: number, step = 0): View[] {
  const out: View[] = [];
  for (const [at, column] of chart.columns.entries()) {
    let floor = 0;
    for (const series of chart.series) {
      const value = valueAt(series, at);
      if (value === 0) continue;
      const top = Number(scale(floor + value));
      const height = Number(scale(floor)) - top;
      out.push(
        h(
          'rect',
          {
            class: series.css,
            x: (x + at * step).toFixed(1),
            y: top.toFixed(1),
            width: width.toFixed(1),
            height: height.toFixed(1),
            rx: '2',
          },
          h('title', {}, `${column.text} · ${series.label.text}: ${value}`),
        ),
      );
      floor += value;
    }
  }
  return out;
}

/** Lying bars, one a column of the chart, with their names before and their sums behind. */
export function barChart(chart: Chart): View {
  const most = Math.max(1, ...chart.columns.map((_, at) => sumAt(chart, at)));
  const rows = chart.columns.map((column, at) => {
    const bars: Child[] = [];
    let x = 0;
    for (const series of chart.series) {
      const width = (valueAt(series, at) / most) * 100;
      if (width === 0) continue;
      bars.push(h('rect', { class: series.css, x: x.toFixed(2), y: '0', width: width.toFixed(2), height: '10' }));
      x += width;
    }
    return h(
      'li',
      {},
      h('span', { class: 'bar-name' }, labelView(column)),
      h('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...bars),
      h('span', { class: 'bar-sum' }, write(chart, sumAt(chart, at))),
    );
  });
  return h(
    'figure',
    { class: 'chart', id: chart.id },
    caption(chart),
    chart.columns.length === 0 ? empty(chart) : h('ul', { class: 'bars' }, ...rows),
    legend(chart),
    chart.columns.length === 0 ? null : table(chart),
  );
}

function figure(chart: Chart, draw: (total: number, scale: (value: number) => string) => View[]): View {
  const total = Math.max(0, ...chart.columns.map((_, at) => sumAt(chart, at)));
  if (chart.columns.length === 0 || total === 0)
    return h('figure', { class: 'chart', id: chart.id }, caption(chart), empty(chart));
  const top = niceTop(total);
  const scale = (value: number) => (HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const svg = h(
    'svg',
    {
      viewBox: `0 0 ${chart.width ?? WIDTH} ${HEIGHT}`,
      class: chart.width === undefined ? null : 'wide',
      role: 'img',
      'aria-labelledby': `${chart.id}-title`,
    },
    ...[0, 0.5, 1].map((part) => gridLine(chart, scale(top * part), write(chart, top * part))),
    ...draw(total, scale),
    ...ticks(chart),
  );
  return h(
    'figure',
    { class: 'chart', id: chart.id },
    caption(chart),
    h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': `${chart.id}-title` }, svg),
    legend(chart),
    table(chart),
  );
}

function gridLine(chart: Chart, y: string, text: string): View {
  return h(
    'g',
    { class: 'grid' },
    h('line', { x1: String(LEFT), x2: String(LEFT + span(chart)), y1: y, y2: y }),
    h('text', { x: String(LEFT - 6), y, dy: '4', 'text-anchor': 'end' }, text),
  );
}

/** Names under the columns, as many as there is room for. */
function ticks(chart: Chart): View[] {
  const { columns } = chart;
  const room = 100;
  const step = span(chart) / Math.max(1, columns.length);
  let free = 0;
  return columns.flatMap((column, at) => {
    const x = chart.positions === undefined ? LEFT + step * (at + 0.5) : placeOf(chart, at);
    if (x < free) return [];
    free = x + room;
    const anchor = x > LEFT + span(chart) - room / 2 ? 'end' : x < LEFT + room / 2 ? 'start' : 'middle';
    return [h('text', { class: 'tick', x: x.toFixed(1), y: String(HEIGHT - 8), 'text-anchor': anchor }, column.text)];
  });
}

function caption(chart: Chart): View {
  return h(
    'figcaption',
    {},
    phraseIn('h2', { id: `${chart.id}-title` }, chart.language, chart.title),
    phraseIn('p', {}, chart.language, chart.note),
  );
}

function legend(chart: Chart): View | null {
  const drawn = chart.series.filter((series) => series.values.some((value) => value > 0));
  if (chart.series.length < 2 || drawn.length === 0) return null;
  return h(
    'ul',
    { class: 'legend' },
    ...drawn.map((series) =>
      h('li', {}, h('span', { class: `swatch ${series.css}`, 'aria-hidden': 'true' }), labelView(series.label)),
    ),
  );
}

function labelView({ text, mark }: Label): View {
  return h('span', { 'data-t': mark ?? null }, text);
}

function empty(chart: Chart): View {
  return phraseIn('p', { class: 'empty' }, chart.language, 'chartEmpty');
}

/** The same numbers as a table, for those who cannot see the drawing and those who want to know exactly. */
function table(chart: Chart): View {
  const many = chart.series.length > 1;
  const head = h(
    'tr',
    {},
    phraseIn('th', { scope: 'col' }, chart.language, chart.columnKey),
    ...chart.series.map((series) => h('th', { scope: 'col' }, labelView(series.label))),
    many ? phraseIn('th', { scope: 'col' }, chart.language, 'total') : null,
  );
  const rows = chart.columns.map((column, at) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, labelView(column)),
      ...chart.series.map((series) => h('td', {}, write(chart, valueAt(series, at)))),
      many ? h('td', {}, write(chart, sumAt(chart, at))) : null,
    ),
  );
  return h(
    'details',
    { class: 'numbers' },
    phraseIn('summary', {}, chart.language, 'asTable'),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': `${chart.id}-title` },
      h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows)),
    ),
  );
}

function sumAt(chart: Chart, at: number): number {
  return chart.series.reduce((sum, series) => sum + valueAt(series, at), 0);
}

function valueAt(series: Series, at: number): number {
  return series.values[at] ?? 0;
}

function write(chart: Chart, value: number): string {
  return chart.format?.(value) ?? String(Math.round(value * 10) / 10);
}

/** The next round number: 1, 2, 4, 6, 10 times a power of ten. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 4, 6, 10]) if (step * power >= value) return Math.max(2, step * power);
  return value;
}
