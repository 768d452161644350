// The origin of the speed bench: every address in 127.0.0.0/8 is a host of its own, so thousands of virtual hosts need
// neither DNS nor a proxy and are the same for every tool. What a path answers stands in the path itself.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const SIZES = { s: 8 * 1024, m: 100 * 1024, l: 2.5 * 1024 * 1024 };
const WORDS = 'stone rope river arch bridge mason spring water timber repair keeper ferry toll road north wind'.split(
  ' ',
);
const pages = new Map();

/** A page of about `size` bytes with its own title; the text differs from page to page. */
function page(size, name) {
  let body = pages.get(size);
  if (body === undefined) {
    const parts = [];
    let length = 0;
    for (let at = 0; length < size - 600; at++) {
      const words = Array.from({ length: 40 }, (_, word) => WORDS[(at * 7 + word * (1 + (at % 5))) % WORDS.length]);
      const part = `<p class="p${at % 9}">${words.join(' ')} <a href="/more/${at}">read part ${at}</a>.</p>\n`;
      parts.push(at % 6 === 5 ? `<div class="box"><h2>Part ${at}</h2>${part}</div>` : part);
      length += parts.at(-1).length;
    }
    body = parts.join('');
    pages.set(size, body);
  }
  const seed = createHash('sha256').update(name).digest('hex');
  const own = Array.from({ length: 16 }, (_, at) => `${WORDS[Number.parseInt(seed[at], 16)]}${seed[at + 16]}`).join(
    ' ',
  );
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>About ${name}</title>` +
    `<meta name="description" content="${own}"></head><body><header><nav><a href="/">Home</a></nav></header>` +
    `<main><article><h1>About ${name}</h1><p>${own}</p>${body}</article></main><footer>The end</footer></body></html>`
  );
}

const asked = new Map();

/** Starts the origin; `log` gets every request as `[host, path, status, ms]`. */
export function startOrigin(log = null) {
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    const host = request.headers.host ?? '';
    const key = `${host}${request.url}`;
    const seen = asked.get(key) ?? 0;
    asked.set(key, seen + 1);
    const status = answer(request, response, key, seen);
    log?.push([host, request.url, status, performance.now()]);
  });
  return new Promise((resolve) => {
    server.listen(0, '0.0.0.0', () => {
      resolve({
        port: server.address().port,
        asked: () => [...asked.keys()],
        forget: () => asked.clear(),
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

/** `/s/ok/7`: size, behaviour, number. */
function answer(request, response, key, seen) {
  const [, size, behaviour] = request.url.split('/');
  switch (behaviour) {
    case 'ok':
      return send(request, response, 200, page(SIZES[size], key));
    case 'once-429':
      if (seen > 0) return send(request, response, 200, page(SIZES[size], key));
      return send(request, response, 429, 'Slow down', { 'retry-after': '1' });
    case 'once-reset':
      if (seen > 0) return send(request, response, 200, page(SIZES[size], key));
      request.socket.resetAndDestroy();
      return 0;
    case 'reset':
      request.socket.resetAndDestroy();
      return 0;
    case 'moved':
      return send(request, response, 301, '', { location: request.url.replace('/moved/', '/ok/') });
    case 'gone':
      return send(request, response, 410, '<title>Gone</title><p>This page was deleted.</p>');
    case 'missing':
      return send(request, response, 404, '<title>Not found</title><h1>404</h1><p>There is no such page.</p>');
    default:
      return send(request, response, 404, 'not found', { 'content-type': 'text/plain' });
  }
}

function send(request, response, status, body, headers = {}) {
  const bytes = Buffer.from(body);
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
  if (status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return 304;
  }
  const length = { 'content-length': bytes.length };
  const validator = status === 200 ? { etag } : {};
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...length, ...validator, ...headers });
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return status;
}

/** The n-th virtual host, `127.x.y.z:port`. */
export function hostAt(index, port) {
  return `127.${1 + Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${1 + (index % 250)}:${port}`;
}

/** Behaviours of the mixed list, by number of the link: of a hundred links so many each. */
const MIX = [
  ['ok', 74],
  ['missing', 8],
  ['moved', 6],
  ['gone', 4],
  ['once-429', 3],
  ['once-reset', 3],
  ['reset', 2],
];
const ALIVE = new Set(['ok', 'moved', 'once-429', 'once-reset']);

/**
 * A list of links: address, and whether it is alive in the end.
 * @param kind `small`, `medium` or `large` (all alive, one size), or `mixed` (sizes and behaviours)
 */
export function makeLinks(kind, count, hosts, port) {
  return Array.from({ length: count }, (_, at) => {
    const host = hostAt(at % hosts, port);
    if (kind !== 'mixed') return { url: `http://${host}/${kind[0]}/ok/${at}`, alive: true };
    const size = at % 100 === 50 ? 'l' : at % 4 === 0 ? 'm' : 's';
    const behaviour = behaviourAt((at * 37) % 100);
    return { url: `http://${host}/${size}/${behaviour}/${at}`, alive: ALIVE.has(behaviour) };
  });
}

function behaviourAt(share) {
  let upTo = 0;
  for (const [name, of] of MIX) {
    upTo += of;
    if (share < upTo) return name;
  }
  return 'ok';
}

if (import.meta.main === true || process.argv[1] === import.meta.filename) {
  const origin = await startOrigin();
  process.stdout.write(`${origin.port}\n`);
  process.on('message', (message) => {
    if (message === 'forget') {
      const before = origin.asked();
      origin.forget();
      process.send(before);
    }
  });
  process.on('disconnect', () => process.exit(0));
}
