/**
 * The way in which web archives tell POSTs to one address apart: method and body become parameters of its query
 * (pywb, warcio, ReplayWeb.page). Players look for exactly this address, so it must be made exactly so.
 * @param body of the request, as it was sent
 */
export function postAddress(uri: string, method: string, contentType: string, body: Uint8Array): string {
  const query = queryOf((contentType.split(';', 1)[0] ?? '').trim().toLowerCase(), Buffer.from(body));
  // Players write the query out and then let the URL parser decide what of it is to be encoded.
  return new URL(`${uri}${uri.indexOf('?') > 0 ? '&' : '?'}__wb_method=${method}&${decoded(query)}`).href;
}

function queryOf(type: string, body: Buffer): string {
  if (type === 'application/x-www-form-urlencoded') return body.toString('utf8');
  if (type === 'application/json' || type === 'text/plain') return flatten(body.toString('utf8')).toString();
  return `__wb_post_data=${body.toString('base64')}`;
}

/** A body that is no UTF-8 becomes nothing, as it does for the players. */
function decoded(query: string): string {
  try {
    return decodeURI(query);
  } catch {
    return '';
  }
}

/** The values in a JSON text under their innermost names; of a name that comes again the second is `name.2_`. */
function flatten(text: string): URLSearchParams {
  const query = new URLSearchParams();
  const times = new Map<string, number>();
  /** Names as written: `a.2_` may also be a name of its own. */
  const taken = new Set<string>();
  const open: [string, unknown][] = [['', parsed(text)]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, value] = next;
    const inside: [string, unknown][] = Array.isArray(value)
      ? value.map((item): [string, unknown] => [key, item])
      : typeof value === 'object' && value !== null
        ? Object.entries(value)
        : [];
    open.push(...inside.reverse());
    const isLeaf = value === null || typeof value !== 'object';
    const written = isLeaf ? String(value) : '';
    if (written === '') continue;
    const time = taken.has(key) ? (times.get(key) ?? 1) + 1 : 1;
    if (time > 1) times.set(key, time);
    const name = time === 1 ? key : `${key}.${time}_`;
    taken.add(name);
    query.set(name, written);
  }
  return query;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
