import { hash } from 'node:crypto';
import type { Identity } from '../types.ts';

const LONGEST_ID = 100;
const LONGEST_PLATFORM = 30;
const HASH_DIGITS = 8;

/** Names that Windows keeps for devices, alone or before a dot. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9]|lpt[0-9])$/i;

/**
 * The id of a link and the path of its folder: `<platform>/<safe key>-<8 hex digits of sha256 of platform/key>`.
 * ASCII letters, digits, `_`, `-` and one `/`; at most 100 characters; the digits keep ids apart where the file system
 * folds case (`s-8FOo` and `s-8foo`) and where two keys look the same once made safe.
 */
export function linkId({ platform, key }: Pick<Identity, 'platform' | 'key'>): string {
  const folder = safe(platform, LONGEST_PLATFORM) || 'web';
  const digits = hash('sha256', `${platform}/${key}`).slice(0, HASH_DIGITS);
  const room = LONGEST_ID - folder.length - HASH_DIGITS - '/-'.length;
  return `${RESERVED.test(folder) ? `${folder}_` : folder}/${safe(key, room - 1) || 'page'}-${digits}`;
}

/** Letters, digits, `_` and `-` as they are, every run of anything else as one `-`, none of them at either end. */
function safe(text: string, length: number): string {
  return text
    .slice(0, length * 4)
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, length)
    .replace(/-+$/, '');
}
