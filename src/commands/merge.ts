import { resolve } from 'node:path';
import { closeShard, openArchive, openShard, type Shard } from '../archive/index.ts';
import { mergeShards } from '../crawl/merge.ts';
import { PUBLISHED_FOLDERS, publish } from '../crawl/publish.ts';
import type { ReportInput } from '../report/index.ts';
import { EXIT } from './exit.ts';
import { failsOn } from './fail-on.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import { archiveFolder, languageFor, storeOptions } from './opened.ts';
import { type Options, UsageError } from './options.ts';
import { writeReports } from './reporting.ts';
import type { Settings } from './settings.ts';
import { plain, type Terminal } from './terminal.ts';

/** Joins what the shards of a run have left into one archive, and reports as that run would have. */
export async function merge(options: Options, terminal: Terminal, settings: Settings): Promise<number> {
  if (options.operands.length === 0) throw new UsageError('merge: say which folders the shards have left');
  const target = archiveFolder(options, terminal);
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
  return (words) => inLanguage(words, spokenLanguage(options.language(), env));
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
  const archive = await openArchive(dir, { ...storeOptions(options), budgets: settings.budget });
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
      language: languageFor(options, status),
    };
    await archive.finishRun({ status, files: publish(archive, report), replace: PUBLISHED_FOLDERS });
    await writeReports(options, terminal, report);
    return failsOn(options.word('fail-on'), { status, transitions }) ? EXIT.found : EXIT.fine;
  } finally {
    await archive.close();
  }
}
