import { resolve } from 'node:path';
import { closeShard, openArchive, openShard, type Shard } from '../archive/index.ts';
import { mergeShards } from '../crawl/merge.ts';
import { PUBLISHED_FOLDERS, publish } from '../crawl/publish.ts';
import type { ReportInput } from '../report/index.ts';
import type { Status } from '../types.ts';
import { type Language, languageOf } from '../words.ts';
import { EXIT } from './exit.ts';
import { failsOn } from './fail-on.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import { type Options, UsageError } from './options.ts';
import { writeReports } from './reporting.ts';
import type { Settings } from './settings.ts';
import { plain, type Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Joins what the shards of a run have left into one archive, and reports as that run would have. */
export async function merge(options: Options, terminal: Terminal, settings: Settings): Promise<number> {
  if (options.operands.length === 0) throw new UsageError('merge: say which folders the shards have left');
  const target = resolve(terminal.cwd, options.text('archive') ?? 'archive');
  const say = speaker(options, terminal);
  const shards: Shard[] = [];
  try {
    for (const operand of new Set(options.operands)) {
      const dir = resolve(terminal.cwd, operand);
      if (dir === target) throw new UsageError(`merge: ${operand} is the archive itself; --archive names another`);
      const shard = await openShard(dir);
      if (shard === null)
        terminal.err.write(`linkark: ${plain(operand)}: ${say('no result here; its links stay as they were')}\n`);
      else shards.push(shard);
    }
    if (shards.length === 0) throw new UsageError('merge: none of these folders holds the result of a run');
    return await mergeInto(target, shards, {
      options,
      terminal,
      settings,
      missing: options.operands.length > shards.length,
    });
  } finally {
    for (const shard of shards) await closeShard(shard);
  }
}

/** What is said before the lists' own language is known. */
function speaker(options: Options, { env }: Terminal): (words: string) => string {
  return (words) => inLanguage(words, spokenLanguage(options.text('lang'), env));
}

interface Job {
  options: Options;
  terminal: Terminal;
  settings: Settings;
  /** True where a shard has left nothing. */
  missing: boolean;
}

async function mergeInto(dir: string, shards: readonly Shard[], job: Job): Promise<number> {
  const { options, terminal, settings, missing } = job;
  const say = speaker(options, terminal);
  const store = options.text('store');
  const archive = await openArchive(dir, {
    ...(store === null ? {} : { store }),
    budgets: settings.budget,
    software: `linkark/${VERSION}`,
  });
  try {
    const merged = await mergeShards(archive, shards, missing);
    if (merged === null) {
      terminal.err.write(`linkark: ${say('the archive has all of this already')}\n`);
      return EXIT.fine;
    }
    const { status, before } = merged;
    const transitions = archive.transitions();
    const report: ReportInput = {
      ...{ status, before, transitions, problems: [], leftOut: 0, archive: null },
      language: mergedLanguage(options, status),
    };
    await archive.finishRun({ status, files: await publish(archive, report), replace: PUBLISHED_FOLDERS });
    await writeReports(options, terminal, report);
    return failsOn(options.text('fail-on') ?? 'gone', { status, transitions }) ? EXIT.found : EXIT.fine;
  } finally {
    await archive.close();
  }
}

/** As `check` decides it: by the words of the lists. */
function mergedLanguage(options: Options, { links }: Status): Language {
  const asked = options.text('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return languageOf(
    links.flatMap(({ occurrences }) =>
      occurrences.flatMap(({ text, heading, note }) => [text, heading ?? '', note ?? '']),
    ),
  );
}
