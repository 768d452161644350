import type { Marker, Says } from '../platform.ts';

const VERIFY: Says = { verdict: 'blocked', reason: 'verification-wall' };
const SCRIPTED: Says = { verdict: 'blocked', reason: 'js-challenge' };

/** A wall known by what a machine sees: names in tags and scripts, never a word of the text. */
function wall(
  rule: string,
  situation: string,
  selector: string,
  match: RegExp,
  says: Says,
  source: string,
  seen: string,
): Marker {
  return { rule: `web/${rule}`, situation, where: 'html', selector, match, says, explicit: false, source, seen };
}

const SCRIPT = 'script';

/** The literals stand in many public crawlers as the sign of this wall; no page that was saved by us shows them. */
const LOOKED_UP = 'literals of public crawlers, not checked on a saved page';

/** Challenge and verification pages of the common shields. */
export const walls: readonly Marker[] = [
  wall(
    'cloudflare-challenge',
    'Cloudflare: "Just a moment…"',
    SCRIPT,
    /\b_cf_chl_opt\s*=|\/cdn-cgi\/challenge-platform\/h\/[a-z]\/(?:orchestrate|flow)\/|\bchallenge-platform\/orchestrate/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'akamai-challenge',
    'Akamai Bot Manager: a script checks the browser',
    `${SCRIPT}, iframe, div`,
    /\bid="sec-(?:if-cpt-container|cpt-if|bc-tile-container)"|\/_sec\/cp_challenge\/|\bsrc="[^"]{0,500}[?&]bm-verify=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'incapsula',
    'Imperva Incapsula: an empty page with a frame',
    `${SCRIPT}, iframe`,
    // Good pages behind the same shield load one script of this name, with one key and a counter.
    /^<iframe\b[^>]{0,500}\bsrc="\/_Incapsula_Resource\?|\bsrc="\/_Incapsula_Resource\?SWJIYLWA=[\da-f]{20,64},[\da-f]{20,64}/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'ddos-guard',
    'DDoS-Guard checks the browser',
    SCRIPT,
    /\/\.well-known\/ddos-guard\/(?:js-challenge|ddg-captcha-page|check|id)|\bsrc="https:\/\/check\.ddos-guard\.net\//,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'anubis',
    'Anubis: the browser has to prove work',
    SCRIPT,
    /\bid="anubis_(?:challenge|version|base_prefix|public_url)"|\/\.within\.website\/x\/cmd\/anubis\//,
    SCRIPTED,
    'TecharoHQ/anubis, web/js/main.ts',
    '2026-11',
  ),
  wall(
    'sucuri',
    'Sucuri: a script that sets a cookie',
    SCRIPT,
    /\bsucuri_cloudproxy_js\b/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'datadome',
    'DataDome: a captcha frame',
    `${SCRIPT}, iframe`,
    /\bvar dd\s*=\s*\{[^}]{0,400}['"]host['"]\s*:\s*['"](?:geo|ct)\.captcha-delivery\.com|\bsrc="https:\/\/geo\.captcha-delivery\.com\/(?:captcha|interstitial)/,
    VERIFY,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'perimeterx',
    'HUMAN (PerimeterX): press and hold',
    `${SCRIPT}, div`,
    /\bid="px-captcha(?:-wrapper)?"|\bwindow\._px(?:BlockScript|HostUrl|Uuid)\b/,
    VERIFY,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'aws-waf',
    'AWS WAF: a script or a captcha',
    SCRIPT,
    // The scripts of awswaf.com stand in good pages too, put there by the site itself.
    /\bwindow\.gokuProps\s*=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'vercel',
    'Vercel: security checkpoint',
    `${SCRIPT}, html`,
    /\/\.well-known\/vercel\/security\/(?:static|request-challenge)/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'acw-challenge',
    'Alibaba Cloud: a script that computes a cookie (acw_sc__v2)',
    SCRIPT,
    /\bvar\s+arg1\s*=\s*['"][0-9A-Fa-f]{20,}['"]|\bacw_sc__v[23]\s*=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'aliyun-slider',
    'Alibaba Cloud: a slider',
    `${SCRIPT}, div, form`,
    /\bid="(?:WAF_NC_WRAPPER|nocaptcha|waf_nc_block)"|\/captcha-frontend\/aliyunCaptcha\//,
    VERIFY,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'safeline',
    'SafeLine (雷池): the browser is checked',
    SCRIPT,
    /\/\.safeline\/|\bSafeLineChallenge\s*\(/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'bytedance',
    'ByteDance: a script that computes a signature',
    SCRIPT,
    /_\$jsvmprt\b|\b__ac_nonce\b/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  said('cloudflare-mitigated', 'Cloudflare: the answer is a challenge', 'cf-mitigated', /^challenge$/i, SCRIPTED),
  said('aws-waf-challenge', 'AWS WAF: the answer is a script', 'x-amzn-waf-action', /^challenge$/i, SCRIPTED),
  said('aws-waf-captcha', 'AWS WAF: the answer is a captcha', 'x-amzn-waf-action', /^captcha$/i, VERIFY),
  titled('pardon', 'Imperva takes the visitor for a robot', /^Pardon Our Interruption/i, VERIFY),
  titled('request-rejected', 'F5 refuses the request', /^Request Rejected$/i, {
    verdict: 'blocked',
    reason: 'forbidden',
  }),
  {
    rule: 'web/google-sorry',
    situation: 'Google asks for a verification',
    where: 'final-url',
    match: /^https?:\/\/(?:www|ipv4|ipv6)\.google\.[a-z.]{2,6}\/sorry\//,
    says: VERIFY,
    explicit: false,
    source: LOOKED_UP,
    seen: '2026-11',
  },
  {
    rule: 'web/consent',
    situation: 'a page that asks for consent in place of the page',
    where: 'final-url',
    match: /^https?:\/\/(?:consent|guce)\.[a-z\d-]{1,60}\.[a-z.]{2,10}\//,
    says: VERIFY,
    explicit: false,
    source: 'addresses in public crawlers: consent.google.com, consent.yahoo.com',
    seen: '2026-11',
  },
  {
    rule: 'web/baidu-verification',
    situation: 'Baidu asks for a verification',
    where: 'final-url',
    match: /^https?:\/\/wappass\.baidu\.com\/static\/captcha\//,
    says: VERIFY,
    explicit: false,
    source: LOOKED_UP,
    seen: '2026-11',
  },
];

/** Scripts that stand in good pages of the same sites too: a challenge only where nothing at all is to be read. */
export const blankWalls: readonly Marker[] = [
  wall(
    'f5-challenge',
    'F5: a script checks the browser',
    SCRIPT,
    /\/TSPD\/|\bwindow\["(?:bobcmn|failureConfig)"\]/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'edgeone',
    'Tencent EdgeOne: a script that computes a cookie',
    SCRIPT,
    /\bEO_Bot_Ssid\b|\b__tst_status\b|\/TCaptcha-eo\b|\/\/captcha\.eo\.gtimg\.com\//,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'jsl',
    'Knownsec: a script that computes a cookie',
    SCRIPT,
    /\b__jsl_clearance(?:_s)?\b|document\.cookie\s*=\s*\('_'\)\+/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'riversafe',
    'River Security (瑞数): a script that computes a cookie',
    SCRIPT,
    /\$_ts\s*=\s*window\[['"]\$_ts['"]\]/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'kasada',
    'Kasada: a script that computes a proof',
    SCRIPT,
    /\bsrc="[^"]{0,200}\/149e9513-01fa-4fb0-aad4-566afd725d1b\/[^"]{0,200}\/ips\.js|\bKPSDK\s*=/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
  wall(
    'aliyun-waf',
    'Alibaba Cloud: a script checks the browser',
    'meta',
    /\bname="aliyun_waf_(?:aa|bb)"/,
    SCRIPTED,
    LOOKED_UP,
    '2026-11',
  ),
];

/** A wall that says so in a field of its answer. */
function said(rule: string, situation: string, header: string, match: RegExp, says: Says): Marker {
  const source = 'documents of the shield';
  return {
    rule: `web/${rule}`,
    situation,
    where: 'header',
    selector: header,
    match,
    says,
    explicit: false,
    source,
    seen: '2026-11',
  };
}

/** A wall known by the whole title of its page, where the page holds no article. */
function titled(rule: string, situation: string, match: RegExp, says: Says): Marker {
  return {
    rule: `web/${rule}`,
    situation,
    where: 'title',
    match,
    says,
    explicit: false,
    source: LOOKED_UP,
    seen: '2026-11',
  };
}

/** Whole titles of walls and failures; they count where there is hardly any text beside them. */
export const titledWalls: readonly Marker[] = [
  titled(
    'titled-verification',
    'a page whose title asks for a verification',
    /^(?:security (?:check|verification)|are you (?:a )?(?:human|robot)\??|(?:please )?verify(?:ing)? (?:that )?you(?:['’]re| are) (?:a )?human|human verification|robot check|one more step|checking your browser.{0,40}|(?:百度|网站)?(?:安全|人机|访问)验证(?:中心)?|滑动验证(?:页面)?|请完成(?:安全)?验证|验证码)[.…!！]*$/i,
    VERIFY,
  ),
  titled(
    'titled-refusal',
    'a page whose title refuses the visitor',
    /^(?:403(?: forbidden)?|forbidden|access (?:is )?denied|access to this page has been (?:denied|blocked)|(?:web ?)?page blocked|you have been blocked|访问被(?:拒绝|拦截|阻断)|拒绝访问|拦截提示|禁止访问)[.…!！]*$/i,
    { verdict: 'blocked', reason: 'forbidden' },
  ),
  titled(
    'titled-limit',
    'a page whose title says too often',
    /^(?:429 ?|error ?)?(?:too many requests|rate limit(?:ed| exceeded)?|(?:访问|操作|请求)(?:过于|太)?频繁)[.…!！]*$/i,
    {
      verdict: 'blocked',
      reason: 'rate-limited',
    },
  ),
  titled(
    'titled-failure',
    'a page whose title says that the site fails',
    /^(?:50[0234] ?)?(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|(?:site )?(?:is )?(?:under )?maintenance|database error|error establishing a database connection|(?:系统|网站)(?:正在)?维护(?:中)?)[.…!！]*$/i,
    { verdict: 'unreachable', reason: 'server-error' },
  ),
];

/** Sentences of walls; they count where the page holds hardly any text beside them. */
export const wallSentences: readonly Marker[] = [
  sentence(
    'asks-verification',
    'a sentence that asks for a verification',
    /(?:verify|confirm|prove) (?:that )?you(?:['’]re| are) (?:not a robot|(?:a )?human)|(?:complete|solve|pass) (?:the|this|a) (?:captcha|security check|challenge)|(?:checking|verifying) your browser|unusual traffic|press (?:and|&) hold|请?完成(?:下方|以下)?(?:安全|滑块|人机)?验证|拖动.{0,6}滑块|检测到.{0,12}(?:异常|可疑)/i,
    VERIFY,
  ),
  sentence(
    'asks-patience',
    'a sentence that says too often',
    /too many requests|(?:you are being|has been) rate.?limited|(?:访问|操作|请求)(?:过于|太)频繁/i,
    { verdict: 'blocked', reason: 'rate-limited' },
  ),
];

function sentence(rule: string, situation: string, match: RegExp, says: Says): Marker {
  const source = 'a sentence of the page, and hardly any text beside it';
  return {
    rule: `web/${rule}`,
    situation,
    where: 'text',
    selector: 'body',
    match,
    says,
    explicit: false,
    source,
    seen: '2026-11',
  };
}

/** All walls that may stand before a page of any platform, those of blank pages too. */
export const sharedWalls: readonly Marker[] = [...walls, ...blankWalls];
