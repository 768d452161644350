import type { WorkerEvent } from '../queue/index.ts';
import { EXIT } from './exit.ts';
import { fetcherFactory, hostConcurrency, isPaced } from './fetching.ts';
import { inLanguage, spokenLanguage } from './language.ts';
import type { Options } from './options.ts';
import { openNamedQueue, workerAsking } from './queued.ts';
import type { Settings } from './settings.ts';
import { plain, type Terminal } from './terminal.ts';

/** Visits the hosts in a queue until it is stopped, or until the queue is empty. */
export async function worker(options: Options, terminal: Terminal, settings: Settings): Promise<number> {
  const queue = await openNamedQueue('worker', options, terminal);
  const language = spokenLanguage(options.language(), terminal.env);
  const say = (event: WorkerEvent) => terminal.out.write(`${inLanguage(line(event), language)}\n`);
  const tell = options.on('quiet') ? () => {} : say;
  try {
    await queue.work(
      {
        concurrency: options.amount('max-concurrency'),
        lease: options.amount('lease'),
        drain: options.on('drain'),
      },
      {
        fetchers: async (run, pageHosts, gate, slot) => {
          const asking = workerAsking(run.asking, options, settings);
          const made = await fetcherFactory(asking.options, asking.settings, terminal, pageHosts, gate);
          return {
            fetcher: made.main(slot),
            second: made.second(),
            hostConcurrency: (host) => hostConcurrency(host, asking.options, asking.settings),
            isPaced: (host) => isPaced(host, asking.options, asking.settings),
          };
        },
        stop: terminal.stop,
        random: Math.random,
        tell,
      },
    );
    return EXIT.fine;
  } finally {
    queue.close();
  }
}

function line(event: WorkerEvent): string {
  switch (event.kind) {
    case 'ready':
      return `worker ${plain(event.name)} is ready`;
    case 'host': {
      const links = `${event.links} link${event.links === 1 ? '' : 's'} visited`;
      return `${plain(event.host)}: ${links}${event.end === 'done' ? '' : ', the rest given back'}`;
    }
    case 'failed':
      return `${plain(event.host)}: ${event.final ? 'given up' : 'to be tried again'}: ${plain(event.reason)}`;
    case 'stalled':
      return `${plain(event.host)}: its worker fell silent; it is given to another`;
    case 'full':
      return 'too many results wait: run linkark enqueue --wait to have them taken in';
  }
}
