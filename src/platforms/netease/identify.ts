import type { Identity } from '../../types.ts';

/** Sixteen capitals and digits; the last eight name the column, where `05…` is the open platform (dy). */
const DOCID = /^([0-9A-Z]{8}([0-9A-Z]{2})[0-9A-Z]{6})(?:_\w{1,8})?(?:\.s?html?)?$/;
const MOBILE = new Set(['m', '3g', 'c', 'c.m', 'c.3g', 'wap', 'dy', 'dy.c', 'www', '']);
const NOT_ARTICLES = /^(?:comment|gentie|.*\.tie|tie|vote|bbs|video|v|open|cc)$/;

/**
 * The article that an address of 163.com means. The id alone is the identity: the same article stands at www., m., 3g.,
 * c.m. and dy., under several channel names and, before 2021, at `<channel>.163.com/yy/mmdd/hh/<id>.html`.
 */
export function identifyNetease(url: URL): Identity | null {
  const host = url.hostname.toLowerCase().replace(/(?:^|\.)163\.com$/, '');
  if (host.includes('163.com') || NOT_ARTICLES.test(host)) return null;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const last = DOCID.exec(segments.at(-1) ?? '') ?? DOCID.exec(url.searchParams.get('docid') ?? '');
  const [, id, column] = last ?? [];
  if (id === undefined) return null;
  return { platform: 'netease', key: id, url: addressOf(id, column === '05', host, segments) };
}

function addressOf(id: string, isOpenPlatform: boolean, host: string, segments: readonly string[]): string {
  const dy = `https://www.163.com/dy/article/${id}.html`;
  if (isOpenPlatform) return dy;
  if (MOBILE.has(host)) {
    const channel = segments.length > 1 && /^[a-z]{2,12}$/.test(segments[0] ?? '') ? segments[0] : undefined;
    if (channel === undefined || channel === 'touch') return dy;
    return `https://www.163.com/${channel}/article/${id}.html`;
  }
  const folder = segments.slice(0, -1).join('/');
  return `https://${host}.163.com/${folder === '' ? '' : `${folder}/`}${id}.html`;
}
