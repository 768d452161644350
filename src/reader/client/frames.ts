import { makeSnippet, type Snippet } from '../search/snippet.ts';
import { byId } from './dom.ts';
import { textOf } from './text.ts';

/**
 * Where the words of a hit stand is known only to the article's own page: the index holds no text. A page opened from
 * disk may not look into another, but a page shown in a frame may tell the one around it. So a hit's page is opened in
 * a frame that nobody sees, finds the place, tells it and goes.
 */
const MARK = '#linkark-snippet=';
const AT_ONCE = 4;
const LONGEST_WAIT = 5000;

/** In a frame: finds what the address asks for and tells the page around. */
export function answerFrame(): void {
  const text = byId('text', HTMLElement);
  if (!location.hash.startsWith(MARK)) return;
  const asked: unknown = JSON.parse(decodeURIComponent(location.hash.slice(MARK.length)));
  const literals = Array.isArray(asked)
    ? asked.filter((literal): literal is string => typeof literal === 'string')
    : [];
  const snippet = makeSnippet(text === null ? '' : textOf(text).text, literals);
  // A file has no origin that could be named here; what is told is in the page for all to read.
  window.parent.postMessage({ linkark: snippet }, '*');
}

interface Job {
  address: string;
  resolve: (snippet: Snippet | null) => void;
}

const queue: Job[] = [];
const running = new Map<HTMLIFrameElement, (snippet: Snippet | null) => void>();
const known = new Map<string, Promise<Snippet | null>>();

/** What the article at an address (with its path from this page) shows of the literals; null where it does not answer. */
export function askFrame(path: string, literals: readonly string[]): Promise<Snippet | null> {
  const address = `${path}${MARK}${encodeURIComponent(JSON.stringify(literals))}`;
  const answered = known.get(address);
  if (answered !== undefined) return answered;
  const answer = new Promise<Snippet | null>((resolve) => {
    queue.push({ address, resolve });
    next();
  });
  known.set(address, answer);
  return answer;
}

/** Forgets what is still waiting: the query has changed. */
export function dropWaiting(): void {
  for (const { address, resolve } of queue.splice(0)) {
    known.delete(address);
    resolve(null);
  }
}

/** Begins to listen to frames. */
export function openFrames(): void {
  window.addEventListener('message', (event) => {
    for (const [frame, resolve] of running) {
      if (frame.contentWindow !== event.source) continue;
      const data: unknown = event.data;
      const value = typeof data === 'object' && data !== null && 'linkark' in data ? data.linkark : null;
      resolve(isSnippet(value) ? value : null);
    }
  });
}

function next(): void {
  if (running.size >= AT_ONCE) return;
  const job = queue.shift();
  if (job === undefined) return;
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.title = 'linkark';
  const timer = window.setTimeout(() => done(null), LONGEST_WAIT);
  const done = (snippet: Snippet | null) => {
    if (!running.delete(frame)) return;
    window.clearTimeout(timer);
    frame.remove();
    job.resolve(snippet);
    next();
  };
  running.set(frame, done);
  frame.src = job.address;
  document.body.append(frame);
}

function isSnippet(value: unknown): value is Snippet {
  if (typeof value !== 'object' || value === null) return false;
  if (!('missing' in value && 'count' in value && 'pieces' in value)) return false;
  if (!Array.isArray(value.missing) || typeof value.count !== 'number' || !Array.isArray(value.pieces)) return false;
  return value.pieces.every(
    (piece: unknown) =>
      typeof piece === 'object' && piece !== null && 'text' in piece && typeof piece.text === 'string',
  );
}
