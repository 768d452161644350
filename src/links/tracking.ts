import { hostMatches } from './host.ts';

/** Parameters that count visitors and never choose the page. A name that ends in `*` is a prefix. */
interface Tracking {
  readonly names: readonly string[];
  /** Host claims to which the names are confined; absent where they mean the same everywhere. */
  readonly hosts?: readonly string[];
  /** Who adds them and where that is written. */
  readonly source: string;
}

const TRACKING: readonly Tracking[] = [
  { names: ['utm_*'], source: 'Google Analytics, campaign URLs (support.google.com/analytics/answer/10917952)' },
  {
    names: ['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid', 'srsltid'],
    source: 'Google Ads auto-tagging and Merchant Center (support.google.com/google-ads/answer/9744275)',
  },
  {
    names: ['_ga', '_gl'],
    source: 'Google Analytics cross-domain linker (support.google.com/analytics/answer/10071811)',
  },
  { names: ['fbclid'], source: 'Meta click id (developers.facebook.com, Conversions API parameters)' },
  { names: ['igshid', 'igsh'], source: 'Instagram share id (Firefox query stripping list, ClearURLs rules)' },
  { names: ['msclkid'], source: 'Microsoft Advertising auto-tagging (help.ads.microsoft.com)' },
  { names: ['twclid'], source: 'X click id (business.x.com, conversion tracking)' },
  { names: ['ttclid'], source: 'TikTok click id (ads.tiktok.com, click attribution)' },
  { names: ['li_fat_id'], source: 'LinkedIn first-party id (linkedin.com/help/lms)' },
  { names: ['yclid', 'ysclid', '_openstat'], source: 'Yandex Direct and Openstat (yandex.com/support/direct)' },
  { names: ['mc_cid', 'mc_eid'], source: 'Mailchimp campaign and reader (Firefox and Brave query filters)' },
  { names: ['mkt_tok'], source: 'Marketo (Firefox and Brave query filters)' },
  {
    names: ['_hsenc', '_hsmi', '__hssc', '__hstc', '__hsfp', 'hsctatracking'],
    source: 'HubSpot (knowledge.hubspot.com, Brave)',
  },
  { names: ['oly_anon_id', 'oly_enc_id'], source: 'Olytics (Firefox and Brave query filters)' },
  { names: ['vero_conv', 'vero_id'], source: 'Vero (Firefox and Brave query filters)' },
  { names: ['rb_clickid', 's_cid', 's_kwcid', 'wickedid', 'dicbo'], source: 'ad networks (Brave query filter)' },
  { names: ['spm'], source: 'Alibaba super position model, also on CSDN, Sohu and Bilibili (ClearURLs rules)' },
  {
    names: ['scm'],
    hosts: ['.aliyun.com', '.taobao.com', '.tmall.com', '.sohu.com'],
    source: 'Alibaba SCM (ClearURLs rules)',
  },
  {
    names: ['vd_source', 'share_source', 'share_medium'],
    hosts: ['.bilibili.com', '.b23.tv'],
    source: 'Bilibili sharing (ClearURLs rules)',
  },
  { names: ['hmsr', 'hmpl', 'hmcu', 'hmkw', 'hmci'], source: 'Baidu Tongji campaign URLs (tongji.baidu.com)' },
  { names: ['bd_vid'], source: 'Baidu marketing click id (dev2.baidu.com)' },
];

interface Rule {
  readonly hosts: readonly string[] | null;
}

const EXACT = new Map<string, Rule>();
const PREFIXES: string[] = [];
for (const row of TRACKING) {
  for (const name of row.names) {
    if (name.endsWith('*')) PREFIXES.push(name.slice(0, -1));
    else EXACT.set(name, { hosts: row.hosts ?? null });
  }
}

/** Is this query parameter of a page on `hostname` one that only counts visitors? `name` as written; case is ignored. */
export function isTracking(hostname: string, name: string): boolean {
  const folded = name.toLowerCase();
  if (PREFIXES.some((prefix) => folded.startsWith(prefix))) return true;
  const rule = EXACT.get(folded);
  if (rule === undefined) return false;
  return rule.hosts === null || rule.hosts.some((claim) => hostMatches(hostname, claim));
}
