import { readFileSync } from 'node:fs';

/** The bytes of a fixture beside a platform's cases; bytes, because some are in GBK. */
export function bytes(platform: string, file: string): Uint8Array {
  return readFileSync(new URL(`./${platform}/fixtures/${file}`, import.meta.url));
}

/** A small page of this title and body. */
export function page(title: string, body: string, head = ''): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;
}

/** An empty frame that a script has to fill, and the same frame filled. */
export const EMPTY_FRAME = page('', '<div id="app"></div><script src="/assets/main.js"></script>');
export const FULL_FRAME = page(
  '',
  '<div id="app"><p>渡口的木牌换了三次，字还是同一个人写的，笔画一次比一次慢，最后一笔拖到了牌子的边上，像一条收不住的船，撞在木框里才停下来。</p></div><script src="/assets/main.js"></script>',
);

/** The case of a platform's empty frame. */
export function clientOnly(platform: string) {
  return { rule: `${platform}/client-only`, matches: { body: EMPTY_FRAME }, not: [{ body: FULL_FRAME }] };
}
