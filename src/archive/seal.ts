import { createHash } from 'node:crypto';
import { sha256 } from './disk.ts';

const SEAL = /\n?<!-- seal: status\.json sha256:([0-9a-f]{64}), above sha256:([0-9a-f]{64}) -->\n$/;

/**
 * Ends status.md with a comment that holds the SHA-256 of status.json and of the lines above. status.json carries the
 * run's own time and so changes every night; its sum is taken without that time, so that this line, like everything else
 * in the archive, changes only with news. `verify` checks the time by itself.
 */
export function sealStatus(markdown: string, statusSum: string): string {
  const bare = stripSeal(markdown);
  const text = bare.endsWith('\n') ? bare : `${bare}\n`;
  return `${text}\n<!-- seal: status.json sha256:${statusSum}, above sha256:${sha256(text)} -->\n`;
}

/** What a seal says; null where there is none. */
export function readSeal(markdown: string): { statusSha256: string; whole: boolean } | null {
  const found = SEAL.exec(markdown);
  if (found?.[1] === undefined) return null;
  return { statusSha256: found[1], whole: sha256(stripSeal(markdown)) === found[2] };
}

/** SHA-256 of status.json with the run's id, start and end left empty. */
export function statusSum(statusJson: string): string {
  const sum = new StatusSum();
  for (const _ of sum.through([statusJson]));
  return sum.digest();
}

/** The same while the file goes by in pieces, of which the first holds all that stands before the links. */
export class StatusSum {
  readonly #hash = createHash('sha256');

  *through(pieces: Iterable<string>): Generator<string> {
    let inHead = true;
    for (const piece of pieces) {
      const end = inHead ? piece.indexOf('\n  "links": [') : 0;
      const head = end < 0 ? piece : piece.slice(0, end);
      this.#hash.update(head.replace(RUN_TIME, '$1'));
      this.#hash.update(piece.slice(head.length));
      inHead = false;
      yield piece;
    }
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

const RUN_TIME = /^( {4}"(?:id|startedAt|finishedAt)": )"[^"\n]*"/gm;

function stripSeal(markdown: string): string {
  return markdown.replace(SEAL, '');
}
