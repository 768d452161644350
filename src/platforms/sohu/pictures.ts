import { createDecipheriv } from 'node:crypto';

/** The key that sohu.com's own page script hides picture addresses with (AES-128-ECB, PKCS#7). */
const KEY = 'www.sohu.com6666';
const HIDDEN = /^[A-Za-z0-9+/]{22,4000}={0,2}$/;

/** Is this the hidden form of a picture address? Base64 of whole AES blocks. */
function isHidden(value: string): boolean {
  return value.length % 4 === 0 && HIDDEN.test(value) && Buffer.from(value, 'base64').length % 16 === 0;
}

/** The address behind a hidden `data-src`, such as `//q8.itc.cn/…`; null where it is not hidden with that key. */
export function revealPicture(hidden: string): string | null {
  if (!isHidden(hidden)) return null;
  try {
    const decipher = createDecipheriv('aes-128-ecb', KEY, null);
    const address = decipher.update(hidden, 'base64', 'utf8') + decipher.final('utf8');
    return /^(?:https?:)?\/\/[\w.-]+\/\S+$/.test(address) ? address : null;
  } catch {
    return null;
  }
}

/** Addresses of `cfgs.imgsList` in a page's script, in order: the same pictures, unhidden. */
export function listedPictures(script: string): string[] {
  const list = /\bimgsList\s*:\s*\[([^\]]{0,200000})\]/.exec(script)?.[1] ?? '';
  return [...list.matchAll(/["']?url["']?\s*:\s*["']([^"'\s]{4,2000})["']/g)].flatMap(([, url]) => url ?? []);
}
