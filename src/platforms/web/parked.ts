import type { Page } from '../../article/index.ts';
import { shortText, titleOf } from '../sight.ts';

/** Hosts that serve parked domains or sell them. */
const PARKING_HOSTS =
  /(?:^|\.)(?:sedoparking\.com|sedo\.com|parkingcrew\.net|bodis\.com|parklogic\.com|above\.com|dan\.com|afternic\.com|hugedomains\.com|domainmarket\.com|uniregistry\.com|skenzo\.com|cashparking\.com|parkingpage\.namecheap\.com|buydomains\.com|undeveloped\.com|domainnamesales\.com|voodoo\.com|smartname\.com|fastpark\.net|4\.cn|juming\.com|22\.cn)$/i;
const PARKING_SCRIPT =
  /\bwindow\.(?:LANDER_SYSTEM|park|__parkour)\s*=|\/parking(?:-lander|crew)|\bforsale-lander\b|\bparking_?page\b/i;
const SALE =
  /\b(?:(?:this|the) )?(?:domain|domain name|web ?site)(?: name)?(?: \S{3,60})? (?:is|may be|might be) (?:available )?(?:for sale|parked|expired)\b|\bbuy this domain\b|\bdomain (?:is )?parked\b|\b(?:this )?domain has expired\b|域名(?:出售|转让|正在出售|可以?出售|已过期|停放)|(?:出售|转让)(?:此|本|该)?域名|您正在访问的域名可以转让/i;
const LONGEST = 1500;

/**
 * Signs that a domain is parked or for sale: a parking service's name in addresses, a seller's words in title or
 * headline, a title that is the bare host name. Two of them on a page with little text mean that the page is gone.
 */
export function parkedSignals(page: Page): string[] {
  const text = shortText(page);
  if (text === null || text.length > LONGEST) return [];
  const host = URL.canParse(page.url) ? new URL(page.url).hostname.replace(/^www\./, '') : '';
  const title = titleOf(page);
  return [parkingHost(page), saleWords(`${title} ${text}`), bareHost(title, host)].filter((sign) => sign !== null);
}

function parkingHost(page: Page): string | null {
  const addresses = page.$('script[src], iframe[src], frame[src], link[href], a[href], form[action]').toArray();
  for (const { attribs } of addresses.slice(0, 300)) {
    const raw = attribs.src ?? attribs.href ?? attribs.action ?? '';
    if (!URL.canParse(raw, page.url)) continue;
    const host = new URL(raw, page.url).hostname;
    if (PARKING_HOSTS.test(host)) return host;
  }
  if (URL.canParse(page.url) && PARKING_HOSTS.test(new URL(page.url).hostname)) return new URL(page.url).hostname;
  for (const script of page.$('script:not([src])').toArray().slice(0, 50)) {
    const found = PARKING_SCRIPT.exec(page.$(script).text().slice(0, 20_000))?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

function saleWords(text: string): string | null {
  return SALE.exec(text.slice(0, 4000))?.[0] ?? null;
}

function bareHost(title: string, host: string): string | null {
  const bare = title.toLowerCase().replace(/^www\./, '');
  return host !== '' && (bare === host || bare.startsWith(`${host} `)) ? `title "${title}"` : null;
}
