import { selectLinks, unfinishedRun } from '../crawl/index.ts';
import { ATTEMPTS, type HostQueue, type QueueCrew } from '../queue/index.ts';
import { checkSources, dueAfter, type Job, lookOptions, pageHosts } from './check.ts';
import { EXIT } from './exit.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import type { Options } from './options.ts';
import { askingOf, openNamedQueue } from './queued.ts';
import type { Settings } from './settings.ts';
import { plain, type Terminal } from './terminal.ts';

/** How often it is looked whether workers are there, in milliseconds. */
const LOOK_MS = 10_000;

/** Puts the links of the sources in a queue; with --wait takes in what workers find, and ends as `check` ends. */
export async function enqueue(options: Options, terminal: Terminal, settings: Settings): Promise<number> {
  if (options.on('dump')) return (await checkSources(options, terminal, settings)).exitCode;
  const queue = await openNamedQueue('enqueue', options, terminal);
  const say = (words: string) => inLanguage(words, spokenLanguage(options.language(), terminal.env));
  try {
    if (options.on('status')) return await printStatus(queue, terminal, say);
    const crews: QueueCrew[] = [];
    const watch = options.on('wait') && !options.on('quiet') ? watchWorkers(queue, terminal, say) : undefined;
    try {
      const checked = await checkSources(options, terminal, settings, async (job) => {
        const crew = await crewFor(queue, job);
        crews.push(crew);
        return options.on('wait') ? crew : await putIn(queue, crew, job);
      });
      const givenUp = crews.flatMap((crew) => crew.givenUp);
      for (const { host, reason } of givenUp) {
        const words = say(`given up after ${ATTEMPTS} attempts: ${reason}`);
        terminal.err.write(`linkark: ${plain(host)}: ${plain(words)}\n`);
      }
      return givenUp.length > 0 ? EXIT.failed : checked.exitCode;
    } finally {
      clearInterval(watch);
    }
  } finally {
    queue.close();
  }
}

/** Puts a sentence in the language of whoever sits before the terminal. */
type Say = (words: string) => string;

async function crewFor(queue: HostQueue, job: Job): Promise<QueueCrew> {
  const { archive, plan, options, settings, terminal } = job;
  const now = terminal.now();
  return queue.crew(
    {
      ids: plan.links.map(({ id }) => id),
      unfinished: unfinishedRun(archive, now),
      lastRun: (await archive.lastRun())?.id ?? null,
      now,
    },
    {
      look: lookOptions(job),
      asking: askingOf(options, settings),
      hosts: [...pageHosts(plan)],
      record: (id) => archive.records.get(id),
      page: (id) => archive.readPage(id),
    },
  );
}

async function putIn(queue: HostQueue, crew: QueueCrew, job: Job): Promise<number> {
  const { archive, plan, terminal, options } = job;
  const at = terminal.now();
  const { chosen } = await selectLinks(plan.links, {
    records: archive.records,
    lastRun: await archive.lastRun(),
    due: dueAfter(job),
    at,
    done: unfinishedRun(archive, at)?.done ?? new Set(),
  });
  const { hosts } = await crew.load(
    chosen.map(({ link }) => link),
    crew.run,
  );
  if (!options.on('quiet')) {
    const sum = `${counted(chosen.length, 'link')} on ${counted(hosts, 'host')}`;
    const next = 'Workers visit them: linkark worker. The same command with --wait takes in what they find.';
    for (const words of [`${sum} put in ${plain(queue.shown)} as run ${crew.run.id}`, next]) {
      terminal.out.write(`${inLanguage(words, job.language)}\n`);
    }
  }
  return EXIT.fine;
}

async function printStatus(queue: HostQueue, { out }: Terminal, say: Say): Promise<number> {
  const { workers, waiting, active, delayed, runs, givenUp } = await queue.status();
  const lines = [
    `${queue.shown}: ${counted(workers, 'worker')}`,
    `hosts: ${waiting} waiting, ${active} worked on, ${delayed} to be tried again, ${givenUp.length} given up`,
    ...runs.map(
      ({ id, startedAt, links, open }) =>
        `run ${id}, begun ${startedAt}: ${links - open} of ${counted(links, 'link')} visited`,
    ),
    ...givenUp.map(({ host, reason }) => `given up: ${host}: ${reason}`),
  ];
  for (const line of lines) out.write(`${plain(say(line))}\n`);
  return EXIT.fine;
}

/** Somebody who waits should know where there is nobody to wait for. */
function watchWorkers(queue: HostQueue, terminal: Terminal, say: Say): NodeJS.Timeout {
  const look = async () => {
    const { workers } = await queue.status();
    if (workers > 0) return;
    terminal.err.write(`linkark: ${say('no worker is there; start one with linkark worker --queue …')}\n`);
  };
  // A queue that is lost is told by those who need it.
  return setInterval(() => void look().catch(() => undefined), LOOK_MS);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
