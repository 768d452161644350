import { sha256 } from './disk.ts';

const SEAL = /\n?<!-- seal: status\.json sha256:([0-9a-f]{64}), above sha256:([0-9a-f]{64}) -->\n$/;

/**
 * Ends status.md with a comment that holds the SHA-256 of status.json and of the lines above. These two files change
 * every night, so manifest.json leaves them out and this line accounts for them.
 */
export function sealStatus(markdown: string, statusJson: string | Uint8Array): string {
  const bare = stripSeal(markdown);
  const text = bare.endsWith('\n') ? bare : `${bare}\n`;
  return `${text}\n<!-- seal: status.json sha256:${sha256(statusJson)}, above sha256:${sha256(text)} -->\n`;
}

/** What a seal says; null where there is none. */
export function readSeal(markdown: string): { statusSha256: string; whole: boolean } | null {
  const found = SEAL.exec(markdown);
  if (found?.[1] === undefined) return null;
  return { statusSha256: found[1], whole: sha256(stripSeal(markdown)) === found[2] };
}

function stripSeal(markdown: string): string {
  return markdown.replace(SEAL, '');
}
