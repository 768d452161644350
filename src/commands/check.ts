import { resolve } from 'node:path';
import { readText, statPath } from '../archive/disk.ts';
import { type Archive, openArchive } from '../archive/index.ts';
import { type Earlier, readEarlier } from '../crawl/earlier.ts';
import {
  type CrawlOutcome,
  type Crew,
  crawl,
  type Listener,
  type LookOptions,
  type Plan,
  planLinks,
} from '../crawl/index.ts';
import type { LocalFiles } from '../crawl/local.ts';
import { PUBLISHED_FOLDERS, publish } from '../crawl/publish.ts';
import { withOtherLists } from '../crawl/status.ts';
import { suggestCopies } from '../crawl/suggest.ts';
import { hostKey } from '../links/index.ts';
import type { ReportInput } from '../report/index.ts';
import { formatOf, isSourceFile, readSource } from '../sources/index.ts';
import type { LinkStatus, Problem, Reference, Status } from '../types.ts';
import type { Language } from '../words.ts';
import { readBaseline } from './baseline.ts';
import { fitEngine } from './engine.ts';
import { EXIT } from './exit.ts';
import { failsOn } from './fail-on.ts';
import { fetcherFactory, hostConcurrency, isPaced } from './fetching.ts';
import { type Inputs, ignoredAddresses, readInputs } from './inputs.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import { archiveFolder, listLanguage, storeOptions } from './opened.ts';
import type { Options } from './options.ts';
import { showProgress } from './progress.ts';
import { writeReports } from './reporting.ts';
import type { Settings } from './settings.ts';
import { plain, type Terminal } from './terminal.ts';

/** What one check came to. */
export interface Checked {
  exitCode: number;
  /** Null where nothing was asked: no links, or --dump. */
  outcome: CrawlOutcome | null;
  problems: readonly Problem[];
}

/** The main job: read the lists, visit the links, keep what is new, report. */
export async function check(options: Options, terminal: Terminal, settings: Settings): Promise<number> {
  const { exitCode } = await checkSources(options, terminal, settings, async ({ plan }) => {
    fitEngine({ links: plan.links.length, archives: !options.on('no-snapshots'), v8: process.versions.v8 });
    return null;
  });
  return exitCode;
}

/**
 * Called with the whole job before the first visit. Says who makes the visits, null for this process; or the exit code,
 * where this process has nothing more to do.
 */
export type Delegate = (job: Job) => Promise<Crew | number | null>;

/**
 * The same, with what it saw; for callers that are programs.
 * @param delegate may find others who make the visits; absent: this process makes them
 */
export async function checkSources(
  options: Options,
  terminal: Terminal,
  settings: Settings,
  delegate?: Delegate,
): Promise<Checked> {
  const operands = options.operands.length > 0 || options.given('files-from') ? options.operands : settings.sources;
  const { inputs, plan, language } = await planRun(operands, options, terminal);
  const unasked = (exitCode: number): Checked => ({ exitCode, outcome: null, problems: inputs.problems });
  if (options.on('dump')) return unasked(dump(plan, inputs, terminal, language));
  if (plan.links.length + plan.local.length + plan.skipped.length === 0)
    return unasked(noLinks(inputs, terminal, language));
  const archive = await openArchive(archiveFolder(options, terminal), {
    ...storeOptions(options),
    budgets: settings.budget,
  });
  try {
    const job: Job = { options, terminal, settings, inputs, plan, language, archive };
    const crew = (await delegate?.(job)) ?? null;
    return typeof crew === 'number' ? unasked(crew) : await visitAll(job, crew);
  } finally {
    await archive.close();
  }
}

/** Reads the lists. Their references are given up here: the plan holds what is needed of them. */
async function planRun(
  operands: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<Pick<Job, 'inputs' | 'plan' | 'language'>> {
  const { references, ...inputs } = await readInputs(operands, options, terminal);
  const plan = planLinks(references, {
    include: options.regexes('include'),
    exclude: [...options.regexes('exclude'), ...(await ignoredAddresses(terminal))],
    baseline: await readBaseline(options, terminal),
    remaps: options.remaps('remap'),
    shard: options.shard('shard'),
  });
  for (const problem of plan.problems) inputs.problems.push(problem);
  return { inputs, plan, language: reportLanguage(options, references, terminal) };
}

/** A run with all that it works on. */
export interface Job {
  options: Options;
  terminal: Terminal;
  settings: Settings;
  inputs: Inputs;
  plan: Plan;
  language: Language;
  archive: Archive;
}

async function visitAll(job: Job, crew: Crew | null): Promise<Checked> {
  const { options, terminal, archive, language } = job;
  const { problems } = job.inputs;
  const progress = showProgress(terminal, {
    quiet: options.on('quiet'),
    progress: !options.on('no-progress'),
    verbose: options.on('verbose'),
    language,
  });
  let outcome: CrawlOutcome;
  try {
    outcome = await runCrawl(job, crew, (event) => {
      if (event.kind === 'problem') job.inputs.problems.push(event.problem);
      progress.tell(event);
    });
  } finally {
    progress.end();
  }
  if (outcome.offline) {
    terminal.err.write(`linkark: ${offlineWords(language)}\n`);
    return { exitCode: EXIT.failed, outcome, problems };
  }
  const before = await readEarlier(archive, new Set(job.inputs.files));
  outcome = { ...outcome, status: await withTheRest(job, outcome.status, before?.elsewhere ?? []) };
  const report = reportInput(job, outcome, before);
  await archive.finishRun({
    status: outcome.status,
    files: publish(archive, report),
    replace: PUBLISHED_FOLDERS,
  });
  await writeReports(options, terminal, report);
  if (noNameFound(outcome.status)) terminal.err.write(`linkark: ${inLanguage(NO_NAME_FOUND, language)}\n`);
  return { exitCode: exitCode(job, outcome), outcome, problems };
}

async function runCrawl(job: Job, crew: Crew | null, tell: Listener): Promise<CrawlOutcome> {
  const { options, settings, terminal, plan, archive } = job;
  const fetchers = await fetcherFactory(options, settings, terminal, pageHosts(plan));
  const second = fetchers.second();
  const outcome = await crawl(
    plan,
    {
      // Whoever has others make the visits is not asked how many at once.
      maxConcurrency: options.number('max-concurrency') ?? 64,
      hostConcurrency: (host) => hostConcurrency(host, options, settings),
      isPaced: (host) => isPaced(host, options, settings),
      due: dueAfter(job),
      budget: options.number('time-budget'),
      ...lookOptions(job),
    },
    {
      archive,
      fetcher: fetchers.main,
      second,
      ...(crew ? { crew } : {}),
      files: localFiles(terminal),
      now: terminal.now,
      stop: terminal.stop,
      random: Math.random,
      tell,
    },
  );
  await second?.close();
  if (!options.on('suggest') || outcome.offline) return outcome;
  const fetcher = fetchers.main((task) => task());
  const status = await suggestCopies(outcome.status, archive, fetcher, settings.wayback, terminal.stop);
  await fetcher.close();
  return { ...outcome, status };
}

/** What the run wants of each visit. */
export function lookOptions({ options, settings }: Job): LookOptions {
  return {
    snapshots: !options.on('no-snapshots'),
    images: !options.on('no-images'),
    warc: !options.on('no-warc'),
    fragments: options.on('include-fragments'),
    thresholds: settings.health,
  };
}

/** How long healthy links are left alone, in milliseconds; null where all are asked. */
export function dueAfter({ options, settings }: Job): number | null {
  return options.on('due') ? settings.pace.due : null;
}

/** A run over some lists leaves the links of the others in the archive as they were. */
async function withTheRest({ inputs, terminal }: Job, status: Status, before: readonly LinkStatus[]): Promise<Status> {
  const inRun = new Set(inputs.files);
  const others = new Set(before.flatMap(({ occurrences }) => occurrences.map(({ file }) => file)));
  const there = new Set<string>();
  for (const file of others) {
    if (!inRun.has(file) && (await statPath(resolve(terminal.cwd, file))) !== null) there.add(file);
  }
  return there.size === 0 ? status : withOtherLists(status, before, inRun, there);
}

/** Hosts of the pages on the lists, as in `URL.host`. */
export function pageHosts({ links }: Plan): Set<string> {
  return new Set(links.map(({ url }) => hostKey(new URL(url))));
}

function reportInput({ inputs, language }: Job, outcome: CrawlOutcome, before: Earlier | null): ReportInput {
  return {
    status: outcome.status,
    before,
    transitions: outcome.transitions,
    problems: inputs.problems.map((problem) => ({ ...problem, message: inLanguage(problem.message, language) })),
    language,
    leftOut: outcome.leftOut.length,
    archive: null,
  };
}

function exitCode({ options, inputs, terminal }: Job, outcome: CrawlOutcome): number {
  if (terminal.stop.aborted) return EXIT.failed;
  if (inputs.unreadable) return EXIT.usage;
  return failsOn(options.word('fail-on'), outcome) ? EXIT.found : EXIT.fine;
}

/** The language of the reports: as asked for, else that of the lists; where they say nothing, that of the system. */
function reportLanguage(options: Options, references: readonly Reference[], { env }: Terminal): Language {
  if (references.length === 0) return spokenLanguage(options.language(), env);
  return listLanguage(options, references);
}

/** One dead name does not make a run offline (fetch/offline.ts); where all are, only the reader knows which it is. */
function noNameFound({ links }: Status): boolean {
  const asked = links.filter(({ platform, verdict }) => platform !== 'local' && verdict !== 'skipped');
  return asked.length > 0 && asked.every(({ reason }) => reason === 'dns');
}

const NO_NAME_FOUND =
  'not one of these names has an address; if this machine is offline, check the network or the proxy and try again';

function offlineWords(language: Language): string {
  return language === 'zh'
    ? '离线（offline）：一个地址也连不上，什么都没有记录。请检查网络或代理后再试。'
    : 'offline: nothing at all could be reached. Nothing was recorded; check the network or the proxy and try again.';
}

/** A link where it stands in one list. */
interface DumpedLine {
  line: number;
  column: number;
  url: string;
}

function dump(plan: Plan, inputs: Inputs, terminal: Terminal, language: Language): number {
  const byFile = new Map(inputs.files.map((file): [string, DumpedLine[]] => [file, []]));
  for (const { url, occurrences } of plan.links) {
    for (const { file, line, column } of occurrences) byFile.get(file)?.push({ line, column, url });
  }
  for (const [file, lines] of byFile) {
    lines.sort((a, b) => a.line - b.line || a.column - b.column);
    for (const { line, column, url } of lines) {
      terminal.out.write(`${plain(file)}:${line}:${column} ${plain(url)}\n`);
    }
  }
  printProblems(inputs, terminal, language);
  return inputs.unreadable ? EXIT.usage : EXIT.fine;
}

function noLinks(inputs: Inputs, terminal: Terminal, language: Language): number {
  printProblems(inputs, terminal, language);
  // Of lists that could not be read nobody knows what they name.
  if (inputs.files.length > 0 || !inputs.unreadable) {
    terminal.err.write(`linkark: ${inLanguage('the sources name no links', language)}\n`);
  }
  return inputs.unreadable ? EXIT.usage : EXIT.fine;
}

function printProblems(inputs: Inputs, terminal: Terminal, language: Language): void {
  for (const { file, line, column, message } of inputs.problems) {
    const place = [file, line, column].filter((part) => part !== null).join(':');
    terminal.err.write(`linkark: ${plain(place)}: ${plain(inLanguage(message, language))}\n`);
  }
}

function localFiles(terminal: Terminal): LocalFiles {
  const anchors = new Map<string, Promise<ReadonlySet<string> | null>>();
  const read = async (path: string) => {
    // What `code.ts#L10` or `paper.pdf#page=3` points at is not for us to say, nor what we may not read.
    const text = isSourceFile(path) ? await readText(resolve(terminal.cwd, path)).catch(() => null) : null;
    if (text === null) return null;
    const format = formatOf(path, text);
    return format === 'markdown' || format === 'html' ? new Set(readSource(path, text, format).anchors) : null;
  };
  return {
    exists: async (path) => (await statPath(resolve(terminal.cwd, path))) !== null,
    anchors: (path) => {
      const known = anchors.get(path) ?? read(path);
      anchors.set(path, known);
      return known;
    },
  };
}
