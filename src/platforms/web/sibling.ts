import { hammingDistance } from '../../article/index.ts';
import type { Sighting } from '../../types.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const TOKEN = 12;

/**
 * An address beside this one that nobody wrote: the last part of the path (or, on a page of queries, the values of the
 * query) made of random characters, folder and ending kept. What a host answers to it is what it answers to a page
 * that is not there. `random` gives numbers from 0 up to 1.
 */
export function siblingUrl(url: string, random: () => number): string {
  const sibling = new URL(url);
  sibling.hash = '';
  const parts = sibling.pathname.split('/');
  const at = parts.findLastIndex((part) => part !== '');
  if (at < 0 && sibling.searchParams.size > 0) {
    for (const [name, value] of [...sibling.searchParams]) sibling.searchParams.set(name, token(value, random));
    return sibling.href;
  }
  sibling.search = '';
  const last = at < 0 ? '' : (parts[at] ?? '');
  const ending = /\.[A-Za-z]{1,5}$/.exec(last)?.[0] ?? '';
  parts[at < 0 ? parts.length - 1 : at] = token(last.slice(0, last.length - ending.length), random) + ending;
  sibling.pathname = parts.join('/');
  return sibling.href;
}

/** Digits for digits, so that a route of numbers still takes it; else letters. */
function token(like: string, random: () => number): string {
  const alphabet = /^\d+$/.test(like) ? DIGITS : LETTERS;
  let out = alphabet === DIGITS ? '9' : '';
  while (out.length < TOKEN)
    out += alphabet[Math.min(alphabet.length - 1, Math.floor(random() * alphabet.length))] ?? 'x';
  return out;
}

/** Pages with less text than this may differ in fewer bits of their SimHash: a word weighs more in them. */
const SHORT = 200;
const SHORT_BITS = 2;
const NEAR_BITS = 6;
const NEAR_SHARE = 0.1;

/**
 * Does a page look like the answer to an address that is not there? True means that the host sends one page for all:
 * an error page, a front page, a wall. Pages of one site share menus, so nearly equal text under different titles is
 * no answer for all. An empty page looks like nothing.
 */
export function looksLikeSibling(sighting: Sighting, siblingSighting: Sighting): boolean {
  if (sighting.simhash === null || siblingSighting.simhash === null) return false;
  if (sighting.title !== siblingSighting.title) return false;
  const longest = Math.max(sighting.chars, siblingSighting.chars);
  if (Math.abs(sighting.chars - siblingSighting.chars) > longest * NEAR_SHARE) return false;
  const bits = hammingDistance(sighting.simhash, siblingSighting.simhash);
  return bits <= (longest < SHORT ? SHORT_BITS : NEAR_BITS);
}

/** What one link of one host showed. */
export interface Seen {
  id: string;
  host: string;
  sighting: Sighting;
}

const LEAST_MEMBERS = 3;
/** How many pages of one bucket are compared with each other; more of them are near to these or to nothing. */
const MOST_COMPARED = 64;

/**
 * Groups of different links of one host that showed nearly the same page: a wall that no rule knows. Ids of each group
 * sorted, groups sorted by their first id; groups of fewer than three are left out. Does not depend on the order given.
 */
export function clusters(sightings: readonly Seen[]): string[][] {
  const members = [...new Map(sightings.map((seen) => [seen.id, seen])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const leader = new Map(members.map(({ id }) => [id, id]));
  for (const bucket of bucketsOf(members).values()) joinNear(bucket, leader);
  const groups = new Map<string, string[]>();
  for (const { id } of members) {
    const top = leaderOf(id, leader);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [id]);
    else group.push(id);
  }
  return [...groups.values()].filter((group) => group.length >= LEAST_MEMBERS);
}

/** Hashes of six bits or fewer apart are equal in at least two of these eight bands, so only those are compared. */
const BAND = 2;

function bucketsOf(members: readonly Seen[]): Map<string, Seen[]> {
  const buckets = new Map<string, Seen[]>();
  for (const seen of members) {
    const { simhash, title } = seen.sighting;
    for (let from = 0; simhash !== null && from < simhash.length; from += BAND) {
      const key = `${seen.host} ${from} ${simhash.slice(from, from + BAND)} ${title ?? ''}`;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [seen]);
      else bucket.push(seen);
    }
  }
  return buckets;
}

function joinNear(bucket: readonly Seen[], leader: Map<string, string>): void {
  const compared: Seen[] = [];
  for (const seen of bucket) {
    const near = compared.find((other) => looksLikeSibling(seen.sighting, other.sighting));
    if (near !== undefined) join(near.id, seen.id, leader);
    else if (compared.length < MOST_COMPARED) compared.push(seen);
  }
}

function join(a: string, b: string, leader: Map<string, string>): void {
  const [first, second] = [leaderOf(a, leader), leaderOf(b, leader)].sort();
  if (first !== undefined && second !== undefined) leader.set(second, first);
}

function leaderOf(id: string, leader: ReadonlyMap<string, string>): string {
  let top = id;
  for (let next = leader.get(top); next !== undefined && next !== top; next = leader.get(top)) top = next;
  return top;
}
