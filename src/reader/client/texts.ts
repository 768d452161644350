import { articlePath } from '../paths.ts';
import { deliver, forget } from './delivery.ts';
import { textOf } from './text.ts';

/** Texts that are kept for the next letters of a query. */
const MOST_TEXTS = 400;
/** Pages that are loaded at a time. */
const AT_ONCE = 6;

const known = new Map<string, Promise<string | null>>();
let queue: { id: string; resolve: (text: string | null) => void }[] = [];
let running = 0;

/** The text of a kept article, from its own page, which is a script as well; null where it cannot be had. */
export function textOfArticle(id: string): Promise<string | null> {
  const text = known.get(id) ?? new Promise<string | null>((resolve) => queue.push({ id, resolve }));
  // What was asked for last is the last to go.
  known.delete(id);
  known.set(id, text);
  for (const oldest of known.keys()) {
    if (known.size <= MOST_TEXTS) break;
    known.delete(oldest);
  }
  next();
  return text;
}

/** Gives up what is still waiting: the query has changed. */
export function dropWaiting(): void {
  for (const { id, resolve } of queue) {
    known.delete(id);
    resolve(null);
  }
  queue = [];
}

function next(): void {
  const job = running < AT_ONCE ? queue.shift() : undefined;
  if (job === undefined) return;
  running++;
  void load(job.id).then((text) => {
    running--;
    job.resolve(text);
    next();
  });
}

async function load(id: string): Promise<string | null> {
  const html = await deliver('page', id, `${articlePath(id)}?script`);
  forget('page', id);
  if (typeof html !== 'string') return null;
  // A document of its own: nothing of it is shown, loaded or run.
  const text = new DOMParser().parseFromString(html.replace(/^-->/, ''), 'text/html').getElementById('text');
  return text === null ? null : textOf(text).text;
}
