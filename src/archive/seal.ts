import { sha256 } from './disk.ts';

const SEAL = /\n?<!-- seal: status\.json sha256:([0-9a-f]{64}), above sha256:([0-9a-f]{64}) -->\n$/;

/**
 * Ends status.md with a comment that holds the SHA-256 of status.json and of the lines above. status.json carries the
 * run's own time and so changes every night; its sum is taken without that time, so that this line, like everything else
 * in the archive, changes only with news. `verify` checks the time by itself.
 */
export function sealStatus(markdown: string, statusJson: string | Uint8Array): string {
  const bare = stripSeal(markdown);
  const text = bare.endsWith('\n') ? bare : `${bare}\n`;
  return `${text}\n<!-- seal: status.json sha256:${statusSum(statusJson)}, above sha256:${sha256(text)} -->\n`;
}

/** What a seal says; null where there is none. */
export function readSeal(markdown: string): { statusSha256: string; whole: boolean } | null {
  const found = SEAL.exec(markdown);
  if (found?.[1] === undefined) return null;
  return { statusSha256: found[1], whole: sha256(stripSeal(markdown)) === found[2] };
}

/** SHA-256 of status.json with the run's id, start and end left empty. */
export function statusSum(statusJson: string | Uint8Array): string {
  const text = typeof statusJson === 'string' ? statusJson : new TextDecoder().decode(statusJson);
  const end = text.indexOf('\n  "links": [');
  const head = end < 0 ? text : text.slice(0, end);
  return sha256(head.replace(RUN_TIME, '$1') + text.slice(head.length));
}

const RUN_TIME = /^( {4}"(?:id|startedAt|finishedAt)": )"[^"\n]*"/gm;

function stripSeal(markdown: string): string {
  return markdown.replace(SEAL, '');
}
