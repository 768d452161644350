import { createHash } from 'node:crypto';
import { addressProblem, hostKey, linkId, parseAddress } from '../links/index.ts';
import { identify } from '../platforms/index.ts';
import type { Identity, Link, Occurrence, Problem, Reference } from '../types.ts';

/** Which of the links are to be asked. */
export interface Selection {
  include: readonly RegExp[];
  exclude: readonly RegExp[];
  /** Canonical addresses that are left out: what a baseline names. */
  baseline: ReadonlySet<string>;
  remaps: readonly { pattern: RegExp; replacement: string }[];
  shard: { index: number; of: number } | null;
}

/** A link that is on the list but is not to be asked. */
export interface SkippedLink {
  link: Link;
  reason: 'excluded' | 'unsupported-scheme' | 'invalid-url';
}

/** A link to a file of the same repository: judged without the network. */
export interface LocalLink {
  link: Link;
  /** As the list says, relative to `from`; empty for a link within the same file. */
  path: string;
  fragment: string | null;
  from: string;
}

export interface Plan {
  /** Sorted by id. */
  links: Link[];
  local: LocalLink[];
  skipped: SkippedLink[];
  problems: Problem[];
}

/** Joins the references of all sources: one link a page, however often and however spelt. Pure. */
export function planLinks(references: Iterable<Reference>, selection: Selection): Plan {
  const links = new Map<string, Link>();
  const local = new Map<string, LocalLink>();
  const skipped = new Map<string, SkippedLink>();
  const problems: Problem[] = [];
  for (const reference of references) {
    // A picture shown in the list is part of the list, not something it points at.
    if (reference.form === 'image') continue;
    const address = parseAddress(remap(reference.address, selection));
    const occurrence = occurrenceOf(reference);
    const problem = addressProblem(reference, address);
    if (problem) problems.push(problem);
    switch (address.kind) {
      case 'web': {
        const identity = identify(address.url);
        const link = linkOf(identity);
        if (!inShard(identity.url, selection)) break;
        if (!wanted(address.url.href, identity.url, selection)) add(skipped, { link, reason: 'excluded' }, occurrence);
        else addLink(links, link, occurrence);
        break;
      }
      case 'local':
      case 'fragment': {
        const path = address.kind === 'local' ? address.path : '';
        const link = plainLink('local', occurrence.file, reference.address);
        add(local, { link, path, fragment: address.fragment, from: occurrence.file }, occurrence);
        break;
      }
      case 'unsupported': {
        const link = plainLink('web', '', reference.address);
        add(skipped, { link, reason: 'unsupported-scheme' }, occurrence);
        break;
      }
      case 'invalid': {
        const link = plainLink('web', '', reference.address);
        add(skipped, { link, reason: 'invalid-url' }, occurrence);
      }
    }
  }
  for (const id of links.keys()) skipped.delete(id);
  return { links: sorted(links.values()), local: [...local.values()], skipped: [...skipped.values()], problems };
}

function sorted(links: Iterable<Link>): Link[] {
  return [...links].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function linkOf(identity: Identity): Link {
  return { id: linkId(identity), url: identity.url, platform: identity.platform, key: identity.key, occurrences: [] };
}

function plainLink(platform: string, from: string, address: string): Link {
  const key = from === '' ? address : `${from}>${address}`;
  return { id: linkId({ platform, key }), url: address, platform, key, occurrences: [] };
}

function addLink(links: Map<string, Link>, link: Link, occurrence: Occurrence): void {
  const known = links.get(link.id) ?? link;
  known.occurrences.push(occurrence);
  links.set(link.id, known);
}

function add<T extends { link: Link }>(entries: Map<string, T>, entry: T, occurrence: Occurrence): void {
  const known = entries.get(entry.link.id) ?? entry;
  known.link.occurrences.push(occurrence);
  entries.set(entry.link.id, known);
}

function remap(address: string, { remaps }: Selection): string {
  return remaps.reduce((text, { pattern, replacement }) => text.replace(pattern, replacement), address);
}

function wanted(written: string, canonical: string, { include, exclude, baseline }: Selection): boolean {
  if (baseline.has(canonical)) return false;
  const matches = (pattern: RegExp) => pattern.test(written) || pattern.test(canonical);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

/** By host, so that one host's pace is kept by one shard; the hash spreads hosts evenly and the same way everywhere. */
function inShard(url: string, { shard }: Selection): boolean {
  if (shard === null) return true;
  const hash = createHash('sha256')
    .update(hostKey(new URL(url)))
    .digest()
    .readUInt32BE(0);
  return hash % shard.of === shard.index - 1;
}

function occurrenceOf({ file, line, column, raw, text, heading, note }: Reference): Occurrence {
  return { file, line, column, raw, text, heading, note };
}
