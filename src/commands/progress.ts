import type { CrawlEvent, Listener } from '../crawl/index.ts';
import type { Verdict } from '../types.ts';
import { type Language, reasonWords, VERDICT_WORDS } from '../words.ts';
import { inLanguage } from './language.ts';
import { type Color, clip, displayWidth, paint, plain, type Terminal } from './terminal.ts';

/** How often the line on a terminal is redrawn, and a plain line written without one. */
const REDRAW_MS = 120;
const PLAIN_MS = 10_000;
const BAR = 24;

export const VERDICT_COLORS: Readonly<Record<Verdict, Color>> = {
  alive: 'green',
  moved: 'blue',
  drifted: 'magenta',
  gone: 'red',
  blocked: 'yellow',
  unclear: 'yellow',
  unreachable: 'red',
  skipped: 'dim',
};

const VERDICTS = Object.keys(VERDICT_COLORS) as readonly Verdict[];

export interface Progress {
  tell: Listener;
  /** Clears the line; nothing is drawn afterwards. */
  end(): void;
}

/** Shows how a run goes: a line that redraws itself on a terminal, a plain line now and then elsewhere. */
export function showProgress(
  terminal: Terminal,
  options: { quiet: boolean; progress: boolean; verbose: boolean; language: Language },
): Progress {
  const state = { total: 0, hosts: 0, done: 0, counts: new Map<Verdict, number>(), last: '', busy: new Set<string>() };
  const draw = () => terminal.live && terminal.err.write(`\r\u001b[2K${bar(state, terminal, options.language)}`);
  const plainLine = () => terminal.err.write(`${text(state, options.language)}\n`);
  const shown = options.progress && !options.quiet;
  const timer = shown ? setInterval(terminal.live ? draw : plainLine, terminal.live ? REDRAW_MS : PLAIN_MS) : null;
  timer?.unref();
  const note = (line: string) => terminal.err.write(terminal.live && shown ? `\r\u001b[2K${line}\n` : `${line}\n`);
  const tell = (event: CrawlEvent) => {
    if (event.kind === 'start') {
      state.total = event.links;
      state.hosts = event.hosts;
      state.done = event.resumed;
      if (shown) note(startLine(event, options.language));
    } else if (event.kind === 'done') {
      state.done += 1;
      state.last = event.link.url;
      state.counts.set(event.verdict, (state.counts.get(event.verdict) ?? 0) + 1);
      if (options.verbose) note(doneLine(event, terminal, options.language));
    } else if (event.kind === 'remark' && options.verbose)
      note(`  ${plain(event.link.url)}: ${plain(inLanguage(event.message, options.language))}`);
  };
  return {
    tell,
    end() {
      if (timer) clearInterval(timer);
      if (shown && terminal.live) terminal.err.write('\r\u001b[2K');
    },
  };
}

interface State {
  total: number;
  hosts: number;
  done: number;
  counts: ReadonlyMap<Verdict, number>;
  last: string;
}

function bar(state: State, terminal: Terminal, language: Language): string {
  const words = text(state, language);
  const room = terminal.columns - BAR - displayWidth(words) - 5;
  if (room < 0) return clip(words, terminal.columns - 1);
  const filled = state.total === 0 ? 0 : Math.round((Math.min(state.done, state.total) / state.total) * BAR);
  const drawn = paint(terminal, 'cyan', '━'.repeat(filled)) + paint(terminal, 'dim', '─'.repeat(BAR - filled));
  return `${drawn} ${words}  ${paint(terminal, 'dim', room < 10 ? '' : clip(plain(state.last), room))}`;
}

function text({ done, total, counts }: State, language: Language): string {
  // In one order, so that the words keep their places while the numbers grow.
  const parts = VERDICTS.flatMap((verdict) => {
    const count = counts.get(verdict);
    return count === undefined ? [] : [`${VERDICT_WORDS[verdict][language]} ${count}`];
  });
  return `${done}/${total}  ${parts.join(language === 'zh' ? '，' : ', ')}`.trimEnd();
}

function startLine({ links, hosts, resumed }: Extract<CrawlEvent, { kind: 'start' }>, language: Language): string {
  const rest =
    resumed === 0
      ? ''
      : language === 'zh'
        ? `，接着上次，${resumed} 个已查`
        : `, going on where the last run stopped (${resumed} done)`;
  return language === 'zh'
    ? `检查 ${links} 个链接，${hosts} 个网站${rest}`
    : `checking ${counted(links, 'link')} on ${counted(hosts, 'host')}${rest}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function doneLine(event: Extract<CrawlEvent, { kind: 'done' }>, terminal: Terminal, language: Language): string {
  const word = paint(terminal, VERDICT_COLORS[event.verdict], VERDICT_WORDS[event.verdict][language]);
  const kept = event.kept === null ? '' : language === 'zh' ? '，已存' : ', kept';
  return `${word}  ${plain(event.link.url)}  ${reasonWords(event.reason, language)}${kept}`;
}
