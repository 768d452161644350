import type { Health, LinkStatus, Status, Transition } from '../types.ts';
import { areaChart, barChart, type Chart, columnChart, type Label, type Series } from './charts.ts';
import { compare, lastNews } from './entries.ts';
import { renderFrame } from './frame.ts';
import type { PartSize } from './input.ts';
import { HEALTH_ORDER } from './list-view.ts';
import { HEALTH_KEYS, type Key, type Language, platformName, say } from './strings.ts';
import { h, phrase, phraseIn } from './view.ts';

export interface DashboardInput {
  language: Language;
  collection: string;
  status: Status;
  changes: readonly Transition[];
  sizes: readonly PartSize[] | null;
}

const MOST_DAYS = 400;
const MOST_MONTHS = 24;
const MOST_HOSTS = 15;
const MOST_PLATFORMS = 7;

/** The overview: charts as inline SVG with their numbers beside them, no script needed. */
export function renderDashboard(input: DashboardInput): string {
  const { language, collection, status } = input;
  const charts = [
    areaChart(healthChart(input)),
    columnChart(deathsChart(input)),
    barChart(platformsChart(input)),
    barChart(hostsChart(input)),
    input.sizes === null ? null : barChart(sizesChart(language, input.sizes)),
  ];
  return renderFrame(
    {
      language,
      root: '../',
      collection,
      title: say(language, 'dashboard'),
      kind: 'dashboard',
      attrs: { 'data-app': 'dashboard' },
    },
    h(
      'header',
      { class: 'intro' },
      phraseIn('h1', {}, language, 'dashboard'),
      h(
        'p',
        { class: 'sums' },
        phrase(language, 'countLinks', String(status.links.length)),
        phrase(language, 'runAt', lastNews(status, input.changes).slice(0, 10)),
      ),
    ),
    h('div', { class: 'charts' }, ...charts),
  );
}

function healthLabel(language: Language, health: Health): Label {
  return { text: say(language, HEALTH_KEYS[health]), mark: HEALTH_KEYS[health] };
}

function platformLabel(language: Language, platform: string): Label {
  return { text: platformName(language, platform), mark: `platform:${platform}` };
}

/**
 * How many links had which health at the end of each day that saw a change. Worked out backwards from the present, so
 * that it ends right even where early transitions were not recorded.
 */
export function healthByDay(
  status: Status,
  changes: readonly Transition[],
): { day: string; counts: Record<Health, number> }[] {
  const counts: Record<Health, number> = { healthy: 0, suspect: 0, dead: 0, blocked: 0, drifted: 0, unknown: 0 };
  for (const link of status.links) counts[link.health]++;
  const present = new Map<string, Health>(status.links.map((link) => [link.id, link.health]));
  const days = [{ day: lastNews(status, changes).slice(0, 10), counts: { ...counts } }];
  for (const change of [...changes].sort((a, b) => compare(b.at, a.at) || compare(b.id, a.id))) {
    if (present.get(change.id) !== change.to) continue;
    const day = change.at.slice(0, 10);
    const last = days[days.length - 1];
    if (last !== undefined && day < last.day) days.push({ day, counts: { ...counts } });
    counts[change.to]--;
    counts[change.from]++;
    present.set(change.id, change.from);
    if (days.length > MOST_DAYS) break;
  }
  return days.reverse();
}

function healthChart({ language, status, changes }: DashboardInput): Chart {
  const days = healthByDay(status, changes);
  const shown = HEALTH_ORDER.filter((health) => health !== 'unknown');
  const times = days.map(({ day }) => Date.parse(day));
  const first = Math.min(...times);
  const last = Math.max(...times);
  return {
    language,
    id: 'chart-health',
    title: 'chartHealth',
    note: 'chartHealthNote',
    columnKey: 'date',
    columns: days.map(({ day }) => ({ text: day })),
    positions: times.map((time) => (time - first) / Math.max(1, last - first)),
    width: 1080,
    series: shown.map((health) => ({
      label: healthLabel(language, health),
      css: `fill-${health}`,
      values: days.map(({ counts }) => counts[health]),
    })),
  };
}

function deathsChart({ language, status, changes }: DashboardInput): Chart {
  const platforms = new Map(status.links.map((link) => [link.id, link.platform]));
  const deaths = changes
    .filter((change) => change.to === 'dead')
    // A link that has left the list is known by its id only.
    .map(({ id, at }) => ({ at, platform: platforms.get(id) ?? id.replace(/\/.*$/, '') }));
  const months = monthsUpTo(lastNews(status, changes).slice(0, 7), deaths);
  const names = byCount(deaths.map((death) => death.platform)).slice(0, MOST_PLATFORMS);
  const series: Series[] = names.map((platform, at) => ({
    label: platformLabel(language, platform),
    css: `fill-series-${at}`,
    values: months.map(
      (month) => deaths.filter((death) => death.at.startsWith(month) && death.platform === platform).length,
    ),
  }));
  return {
    language,
    id: 'chart-deaths',
    title: 'chartDeaths',
    note: 'chartDeathsNote',
    columnKey: 'monthWord',
    columns: months.map((month) => ({ text: month })),
    series,
  };
}

/** The months from the first death on, without gaps; the last 24. */
function monthsUpTo(last: string, deaths: readonly { at: string }[]): string[] {
  const first = deaths.reduce((least, death) => (death.at.slice(0, 7) < least ? death.at.slice(0, 7) : least), last);
  let year = Number(last.slice(0, 4));
  let month = Number(last.slice(5, 7));
  const months: string[] = [];
  while (months.length < MOST_MONTHS) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    months.push(name);
    if (name <= first) break;
    month--;
    if (month === 0) {
      month = 12;
      year--;
    }
  }
  return months.reverse();
}

function platformsChart({ language, status }: DashboardInput): Chart {
  const names = byCount(status.links.map((link) => link.platform));
  return stacked(
    language,
    'chart-platforms',
    status.links,
    names,
    (link) => link.platform,
    (name) => platformLabel(language, name),
  );
}

function hostsChart({ language, status }: DashboardInput): Chart {
  const names = byCount(status.links.map(hostOf)).slice(0, MOST_HOSTS);
  return stacked(language, 'chart-hosts', status.links, names, hostOf, (name) => ({ text: name }));
}

function stacked(
  language: Language,
  id: 'chart-platforms' | 'chart-hosts',
  links: readonly LinkStatus[],
  names: readonly string[],
  nameOf: (link: LinkStatus) => string,
  labelOf: (name: string) => Label,
): Chart {
  const counts = new Map<string, number>();
  for (const link of links) {
    const key = JSON.stringify([nameOf(link), link.health]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const series = HEALTH_ORDER.map((health) => ({
    label: healthLabel(language, health),
    css: `fill-${health}`,
    values: names.map((name) => counts.get(JSON.stringify([name, health])) ?? 0),
  }));
  const words =
    id === 'chart-hosts'
      ? ({ title: 'chartHosts', note: 'chartHostsNote', columnKey: 'host' } as const)
      : ({ title: 'chartPlatforms', note: 'chartPlatformsNote', columnKey: 'platform' } as const);
  return {
    language,
    id,
    ...words,
    columns: names.map(labelOf),
    series: series.filter(({ values }) => values.some((value) => value > 0)),
  };
}

function sizesChart(language: Language, sizes: readonly PartSize[]): Chart {
  return {
    language,
    id: 'chart-sizes',
    title: 'chartSizes',
    note: 'chartSizesNote',
    columnKey: 'part',
    columns: sizes.map(({ part }) => partLabel(language, part)),
    series: [
      {
        label: { text: say(language, 'size'), mark: 'size' },
        css: 'fill-series-0',
        values: sizes.map(({ bytes }) => bytes),
      },
    ],
    format: writeBytes,
  };
}

const PART_KEYS: Readonly<Record<string, Key>> = { pages: 'partPages', assets: 'partAssets', warc: 'partWarc' };

function partLabel(language: Language, part: string): Label {
  const mark = PART_KEYS[part];
  return mark === undefined ? { text: part } : { text: say(language, mark), mark };
}

/** Bytes for people: binary units, one decimal below ten. */
export function writeBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  return `${at > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[at]}`;
}

function hostOf(link: LinkStatus): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(link.url)?.[1]?.toLowerCase() ?? link.platform;
}

/** Names by how often they come, most first, then by name. */
function byCount(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([name]) => name);
}
