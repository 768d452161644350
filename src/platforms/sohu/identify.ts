import type { Identity } from '../../types.ts';

/**
 * The article that an address of sohu.com means. `/a/<news id>_<media id>` stands on every sub-domain and the news id
 * alone identifies it; `/na/…` and the channel pages of before 2016 (`/yyyymmdd/n<id>.shtml`) count their own ids.
 */
export function identifySohu(url: URL): Identity | null {
  const host = url.hostname.toLowerCase();
  return byNewsId(url.pathname) ?? byCmsId(url.pathname) ?? byChannelPage(host, url.pathname);
}

function byNewsId(path: string): Identity | null {
  const [, id, media] = /^\/a\/(\d{4,12})(?:_(\d{1,12}))?\/?$/.exec(path) ?? [];
  if (id === undefined) return null;
  return of(`a-${id}`, `https://www.sohu.com/a/${id}${media === undefined ? '' : `_${media}`}`);
}

function byCmsId(path: string): Identity | null {
  const id = /^\/na\/(\d{4,12})\/?$/.exec(path)?.[1];
  return id === undefined ? null : of(`na-${id}`, `https://www.sohu.com/na/${id}`);
}

function byChannelPage(host: string, path: string): Identity | null {
  const mobile = /^m\.sohu\.com$/.test(host) ? /^\/n\/(\d{4,12})\/?$/.exec(path)?.[1] : undefined;
  if (mobile !== undefined) return of(`n-${mobile}`, `https://m.sohu.com/n/${mobile}/`);
  const [, folder, id] = /^((?:\/[\w-]{1,20}){0,2}\/\d{8})\/n(\d{4,12})(?:_\d{1,3})?\.s?html?$/.exec(path) ?? [];
  return id === undefined ? null : of(`n-${id}`, `https://${host}${folder}/n${id}.shtml`);
}

function of(key: string, url: string): Identity {
  return { platform: 'sohu', key, url };
}
