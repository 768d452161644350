import { join } from 'node:path';
import type { Picture } from '../types.ts';
import { pictureKey } from './content.ts';
import { sha256, statPath } from './disk.ts';
import type { Budgets, LeftOut, PictureBytes, StoredPicture } from './door.ts';
import { sniffFile } from './sniff.ts';
import { cleanSvg } from './svg.ts';

export interface ResolvedPictures {
  pictures: StoredPicture[];
  /** Files that assets/ does not have yet, by path. */
  files: Map<string, Uint8Array>;
  leftOut: LeftOut[];
}

/** Counts what a run and the archive may still take in. */
export class Allowance {
  readonly #budgets: Budgets;
  #run = 0;
  #archive: number;

  constructor(budgets: Budgets, archiveBytes: number) {
    this.#budgets = budgets;
    this.#archive = archiveBytes;
  }

  /** Why a new file must be left out; null where there is room, which is then taken. */
  take(bytes: number): LeftOut['why'] | null {
    const { file, run, archive } = this.#budgets;
    if (file !== null && bytes > file) return 'file-budget';
    if (run !== null && this.#run + bytes > run) return 'run-budget';
    if (archive !== null && this.#archive + bytes > archive) return 'archive-budget';
    this.#run += bytes;
    this.#archive += bytes;
    return null;
  }
}

/** Path of an asset, below archive/. */
function assetPath(hash: string, ext: string): string {
  return `assets/${hash.slice(0, 2)}/${hash}.${ext}`;
}

/**
 * Says of each picture of an article which kept file it is: by the bytes that came, else the one that the kept
 * version has under the same address (or the same but for its query, where that is unambiguous).
 */
export async function resolvePictures(
  dir: string,
  id: string,
  pictures: readonly Picture[],
  bytes: ReadonlyMap<string, PictureBytes>,
  kept: readonly StoredPicture[],
  allowance: Allowance,
): Promise<ResolvedPictures> {
  const result: ResolvedPictures = { pictures: [], files: new Map(), leftOut: [] };
  const before = knownPictures(kept);
  const seen = new Set<string>();
  for (const picture of pictures) {
    if (seen.has(picture.url)) continue;
    seen.add(picture.url);
    const came = bytes.get(picture.url);
    const file = came === undefined ? null : fileOf(came.bytes);
    const fresh = file === null ? null : await admit(dir, file, result.files, allowance);
    if (came !== undefined && fresh?.stored == null) {
      const why =
        file === null ? 'not-a-picture' : file === 'unsafe-svg' ? 'unsafe-svg' : (fresh?.why ?? 'not-a-picture');
      result.leftOut.push({ id, url: picture.url, bytes: came.bytes.length, why });
    }
    const stored = fresh?.stored ?? before.get(picture.url) ?? before.get(pictureKey(picture.url)) ?? null;
    result.pictures.push({ ...(stored ?? NOT_KEPT), url: picture.url, alt: picture.alt });
  }
  return result;
}

type Stored = Omit<StoredPicture, 'url' | 'alt'>;
type Candidate = { path: string; bytes: Uint8Array; stored: Stored };

const NOT_KEPT: Stored = { asset: null, width: null, height: null, bytes: null, type: null };

function knownPictures(kept: readonly StoredPicture[]): Map<string, Stored> {
  const known = new Map<string, Stored>();
  const assets = new Map<string, Set<string>>();
  for (const picture of kept) {
    if (picture.asset === null) continue;
    const { asset, width, height, bytes, type } = picture;
    known.set(picture.url, { asset, width, height, bytes, type });
    const key = pictureKey(picture.url);
    assets.set(key, (assets.get(key) ?? new Set()).add(asset));
    if (assets.get(key)?.size === 1) known.set(key, { asset, width, height, bytes, type });
  }
  for (const [key, found] of assets) if (found.size > 1) known.delete(key);
  return known;
}

function fileOf(bytes: Uint8Array): Candidate | 'unsafe-svg' | null {
  const kind = sniffFile(bytes);
  if (kind === null) return null;
  const clean = kind.ext === 'svg' ? cleanSvg(bytes) : bytes;
  if (clean === null) return 'unsafe-svg';
  const path = assetPath(sha256(clean), kind.ext);
  return {
    path,
    bytes: clean,
    stored: { asset: path, width: kind.width, height: kind.height, bytes: clean.length, type: kind.type },
  };
}

async function admit(
  dir: string,
  file: Candidate | 'unsafe-svg',
  files: Map<string, Uint8Array>,
  allowance: Allowance,
): Promise<{ stored: Stored | null; why: LeftOut['why'] | null }> {
  if (file === 'unsafe-svg') return { stored: null, why: 'unsafe-svg' };
  if (files.has(file.path) || (await isWhole(dir, file.path, file.bytes.length)))
    return { stored: file.stored, why: null };
  const why = allowance.take(file.bytes.length);
  if (why !== null) return { stored: null, why };
  files.set(file.path, file.bytes);
  return { stored: file.stored, why: null };
}

/** True where an asset lies there in its full length. */
export async function isWhole(dir: string, path: string, bytes: number | null): Promise<boolean> {
  const stats = await statPath(join(dir, path));
  return stats?.isFile() === true && (bytes === null || stats.size === bytes);
}
