import type { Archive } from '../archive/index.ts';
import { changesUpTo, PUBLISHED_FOLDERS, publish } from '../crawl/publish.ts';
import { assembleStatus, linkStatus } from '../crawl/status.ts';
import { judge } from '../platforms/index.ts';
import type { LinkStatus, Status } from '../types.ts';
import { EXIT } from './exit.ts';
import { failsOn } from './fail-on.ts';
import { languageFor, withArchive } from './opened.ts';
import type { Options } from './options.ts';
import { writeReports } from './reporting.ts';
import type { Terminal } from './terminal.ts';

/** Renders the reports again from what is stored: verdicts are taken anew from the observations, nothing is asked. */
export function report(options: Options, terminal: Terminal): Promise<number> {
  return withArchive(options, terminal, 'write', async (archive, stored) => {
    const status = await judgeAgain(archive, stored);
    const all = await changesUpTo(archive, []);
    const transitions = all.filter((change) => change.at >= status.run.startedAt);
    const language = languageFor(options, status);
    const input = { status, before: null, transitions, problems: [], language, leftOut: 0 };
    await archive.writeFiles(publish(archive, input), PUBLISHED_FOLDERS);
    await writeReports(options, terminal, { ...input, archive: null });
    return failsOn(options.word('fail-on'), { status, transitions }) ? EXIT.found : EXIT.fine;
  });
}

/** An observation is a fact; what it means may be said anew by better rules. */
async function judgeAgain(archive: Archive, status: Status): Promise<Status> {
  const links: LinkStatus[] = [];
  for (const link of status.links) {
    const record = link.verdict === 'skipped' || link.platform === 'local' ? null : await archive.records.get(link.id);
    if (!record?.observation || record.judgement?.verdict === 'drifted') {
      links.push(link);
      continue;
    }
    const again = { ...record, judgement: judge(record.observation) };
    links.push(linkStatus({ ...link, key: '' }, again, null));
  }
  return assembleStatus(status.run, links);
}
