import type { Identity } from '../../types.ts';

/**
 * The video, column or post that an address of bilibili.com means. Old numbers of videos (av…) are another spelling of
 * the BV id, computed by the published mapping, so both are one identity.
 */
export function identifyBilibili(url: URL): Identity | null {
  const { hostname, pathname } = url;
  if (hostname === 't.bilibili.com')
    return post(/^\/(?:opus\/|h5\/dynamic\/detail\/)?(\d{10,20})\/?$/.exec(pathname)?.[1]);
  if (!/^(?:www\.|m\.)?bilibili\.com$/.test(hostname)) return null;
  return (
    video(/^\/video\/((?:BV|bv)1[0-9A-Za-z]{9}|av\d{1,15})\/?$/i.exec(pathname)?.[1]) ??
    column(/^\/read\/(?:cv|mobile\/|native\?id=)(\d{1,12})\/?$/.exec(pathname)?.[1]) ??
    column(/^\/read\/mobile\/?$/.test(pathname) ? digits(url.searchParams.get('id')) : undefined) ??
    post(/^\/(?:opus|dynamic)\/(\d{10,20})\/?$/.exec(pathname)?.[1])
  );
}

function digits(value: string | null): string | undefined {
  return /^\d{1,12}$/.exec(value ?? '')?.[0];
}

function video(id: string | undefined): Identity | null {
  if (id === undefined) return null;
  const bvid = /^av/i.test(id) ? bvidOf(BigInt(id.slice(2))) : `BV${id.slice(2)}`;
  return { platform: 'bilibili', key: bvid, url: `https://www.bilibili.com/video/${bvid}/` };
}

function column(id: string | undefined): Identity | null {
  if (id === undefined) return null;
  return { platform: 'bilibili', key: `cv${id}`, url: `https://www.bilibili.com/read/cv${id}` };
}

function post(id: string | undefined): Identity | null {
  if (id === undefined) return null;
  return { platform: 'bilibili', key: `opus-${id}`, url: `https://www.bilibili.com/opus/${id}` };
}

const DIGITS = 'FcwAPNKTMug3GV5Lj7EJnHpWsx4tb8haYeviqBz6rkCy12mUSDQX9RdoZf';
const XOR = 23442827791579n;
const TOP = 1n << 51n;

/** The BV id of an av number: base 58 of the number, masked, two pairs of places exchanged (SocialSisterYi, bvid_desc). */
function bvidOf(aid: bigint): string {
  const places = 'BV1000000000'.split('');
  let rest = (TOP | aid) ^ XOR;
  for (let at = 11; rest > 0n && at > 2; at--) {
    places[at] = DIGITS[Number(rest % 58n)] ?? '0';
    rest /= 58n;
  }
  exchange(places, 3, 9);
  exchange(places, 4, 7);
  return places.join('');
}

function exchange(places: string[], a: number, b: number): void {
  const kept = places[a] ?? '0';
  places[a] = places[b] ?? '0';
  places[b] = kept;
}
