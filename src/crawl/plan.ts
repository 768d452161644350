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
        if (!inShard(identity.url, selection)) break;
        const link = linkOf(identity, occurrence);
        if (!wanted(address.url.href, identity.url, selection)) add(skipped, { link, reason: 'excluded' });
        else addLink(links, link);
        break;
      }
      case 'local':
      case 'fragment': {
        const path = address.kind === 'local' ? address.path : '';
        const link = plainLink('local', occurrence.file, reference.address, occurrence);
        add(local, { link, path, fragment: address.fragment, from: occurrence.file });
        break;
      }
      case 'unsupported': {
        const link = plainLink('web', '', reference.address, occurrence);
        add(skipped, { link, reason: 'unsupported-scheme' });
        break;
      }
      case 'invalid': {
        const link = plainLink('web', '', reference.address, occurrence);
        add(skipped, { link, reason: 'invalid-url' });
      }
    }
  }
  for (const id of links.keys()) skipped.delete(id);
  return { links: sorted(links.values()), local: [...local.values()], skipped: [...skipped.values()], problems };
}

function sorted(links: Iterable<Link>): Link[] {
  return [...links].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function linkOf({ platform, key, url }: Identity, occurrence: Occurrence): Link {
  return { id: linkId({ platform, key }), url, platform, key, occurrences: [occurrence] };
}

function plainLink(platform: string, from: string, address: string, occurrence: Occurrence): Link {
  const key = from === '' ? address : `${from}>${address}`;
  return linkOf({ platform, key, url: address }, occurrence);
}

/** Takes in a link with its first occurrence; that of a known one goes to the others. */
function addLink(links: Map<string, Link>, link: Link): void {
  const known = links.get(link.id);
  if (known === undefined) links.set(link.id, link);
  else known.occurrences.push(...link.occurrences);
}

function add<T extends { link: Link }>(entries: Map<string, T>, entry: T): void {
  const known = entries.get(entry.link.id);
  if (known === undefined) entries.set(entry.link.id, entry);
  else known.link.occurrences.push(...entry.link.occurrences);
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
