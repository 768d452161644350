import type { Judgement, Observation } from '../types.ts';
import type { LocalLink } from './plan.ts';

/** What a local link needs of the disk. Paths are relative to the working folder, with forward slashes. */
export interface LocalFiles {
  exists(path: string): Promise<boolean>;
  /** Heading anchors of a Markdown or HTML file by GitHub's rules; null where it is neither. */
  anchors(path: string): Promise<ReadonlySet<string> | null>;
}

/** Judges a link to a file or heading of the same repository. */
export async function checkLocal(
  local: LocalLink,
  run: string,
  at: string,
  files: LocalFiles,
): Promise<{ observation: Observation; judgement: Judgement }> {
  const target = resolveLocal(local.from, local.path);
  const judgement = await judgeLocal(local, target, files);
  return { observation: observe(local.link.id, run, at, target), judgement };
}

/** The file that a local address means: `/x` counts from the working folder, anything else from the file it stands in. */
function resolveLocal(from: string, path: string): string | null {
  if (path === '') return from;
  const base = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of decodePath(path).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') base.push(part);
    else if (base.length === 0 || base.at(-1) === '..') return null;
    else base.pop();
  }
  return base.join('/') || '.';
}

async function judgeLocal(local: LocalLink, target: string | null, files: LocalFiles): Promise<Judgement> {
  if (target === null || !(await files.exists(target))) return missing(target ?? local.path, 'local/no-file');
  if (local.fragment === null || local.fragment === '' || local.fragment === 'top') return present(target);
  const anchors = await files.anchors(target);
  const wanted = decodePath(local.fragment);
  const found = anchors === null || anchors.has(wanted) || anchors.has(wanted.toLowerCase());
  return found ? present(target) : missing(`#${wanted}`, 'local/no-heading');
}

function present(marker: string): Judgement {
  return { verdict: 'alive', reason: 'ok', marker, rule: 'local/file', explicit: false };
}

function missing(marker: string, rule: string): Judgement {
  return { verdict: 'gone', reason: 'file-missing', marker, rule, explicit: true };
}

function observe(id: string, run: string, at: string, target: string | null): Observation {
  return {
    id,
    run,
    at,
    ms: 0,
    via: 'http',
    status: null,
    finalUrl: target,
    hops: [],
    tries: [],
    failure: null,
    sighting: null,
    bodySha256: null,
    etag: null,
    lastModified: null,
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
