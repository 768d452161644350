import { page } from '../answers.ts';
import type { Answer, MarkerCase, VisitCase } from '../cases.ts';

type Says = Pick<VisitCase, 'verdict' | 'reason'>;
const VERIFY: Says = { verdict: 'blocked', reason: 'verification-wall' };
const SCRIPTED: Says = { verdict: 'blocked', reason: 'js-challenge' };
const REFUSED: Says = { verdict: 'blocked', reason: 'forbidden' };
const LIMITED: Says = { verdict: 'blocked', reason: 'rate-limited' };
const FAILING: Says = { verdict: 'unreachable', reason: 'server-error' };

const script = (source: string): Answer => ({ body: page('', `<script>${source}</script>`) });
const source = (address: string): Answer => ({ body: page('', `<script src="${address}"></script>`) });
const titled = (title: string, text = ''): Answer => ({ body: page(title, `<p>${text}</p>`) });
const field = (name: string, value: string): Answer => ({ body: page('', ''), headers: { [name]: value } });
const shown = (text: string): Answer => ({ body: page('', `<p>${text}</p>`) });

/** A wall: the rule, the page that is one, a look-alike, and what it means; null where only a twin makes it count. */
const WALLS: readonly (readonly [string, Answer, Answer, Says | null])[] = [
  ['cloudflare-mitigated', field('cf-mitigated', 'challenge'), field('cf-ray', 'challenge'), SCRIPTED],
  ['aws-waf-challenge', field('x-amzn-waf-action', 'challenge'), field('x-amzn-waf-action', 'count'), SCRIPTED],
  ['aws-waf-captcha', field('x-amzn-waf-action', 'captcha'), field('x-amzn-requestid', 'captcha'), VERIFY],
  ['pardon', titled('Pardon Our Interruption'), titled('Please Pardon Our Interruption of Play'), VERIFY],
  ['request-rejected', titled('Request Rejected'), titled('Request Rejected by the Harbour'), REFUSED],
  ['f5-challenge', script('window["bobcmn"] = "10111";'), shown('window["bobcmn"]'), SCRIPTED],
  ['edgeone', script('document.cookie="EO_Bot_Ssid=1;"'), shown('EO_Bot_Ssid'), SCRIPTED],
  ['jsl', script('document.cookie="__jsl_clearance_s=1"'), shown('__jsl_clearance_s'), SCRIPTED],
  ['riversafe', script("$_ts=window['$_ts'];if(!$_ts)$_ts={};"), shown("$_ts=window['$_ts']"), SCRIPTED],
  [
    'kasada',
    source('/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js?x=1'),
    source('/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/a-4-a/c.js'),
    SCRIPTED,
  ],
  [
    'aliyun-waf',
    { body: page('', '', '<meta name="aliyun_waf_aa" content="x">') },
    shown('name="aliyun_waf_aa"'),
    SCRIPTED,
  ],
  ['titled-verification', titled('安全验证', '请拖动滑块'), titled('安全验证的历史'), VERIFY],
  ['titled-refusal', titled('Access Denied', 'You may not come in.'), titled('Access denied to the island'), REFUSED],
  ['titled-limit', titled('Too Many Requests', 'Slow down.'), titled('Too many requests for tickets'), LIMITED],
  [
    'titled-failure',
    titled('Error establishing a database connection', 'Sorry.'),
    titled('Internal server error 500: a story'),
    FAILING,
  ],
  [
    'captcha-form',
    { body: page('', '<p>Please verify that you are no robot.</p><div class="g-recaptcha"></div>') },
    { body: page('', '<p>Please verify that you are no robot.</p><div class="captcha"></div>') },
    VERIFY,
  ],
  [
    'asks-verification',
    { body: page('Hold on', '<p>Please prove that you are not a robot.</p>') },
    { body: page('Hold on', '<p>Are robots people?</p>') },
    VERIFY,
  ],
  ['asks-patience', shown('您的访问过于频繁，请稍后再试'), shown('访问频次'), LIMITED],
  ['all-failing', shown('Fatal error: no such function'), shown('A fatal mistake'), null],
  ['all-verified', shown('Our systems saw unusual traffic'), shown('Unusual boats'), null],
  ['all-limited', shown('访问过于频繁'), shown('访问量'), null],
  ['all-login', shown('请先登录'), shown('登录 注册'), null],
  ['all-refused', shown('该网站未根据工信部相关规定进行备案'), shown('京ICP备00000000号'), null],
];

/** Cases for the markers, each with what must and what must not match. */
export const wallMarkers: readonly MarkerCase[] = [
  ...WALLS.map(([rule, matches, not]): MarkerCase => ({ rule: `web/${rule}`, matches, not: [not] })),
  {
    rule: 'web/google-sorry',
    matches: { body: '', finalUrl: 'https://www.google.com/sorry/index?continue=x' },
    not: [{ body: '', finalUrl: 'https://site.example/google.com/sorry/' }],
  },
  {
    rule: 'web/consent',
    matches: { body: '', finalUrl: 'https://consent.yahoo.com/v2/collectConsent?sessionId=1' },
    not: [{ body: '', finalUrl: 'https://site.example/consent/what-it-means' }],
  },
];

/** Visits that end at such a wall. */
export const wallVisits: readonly VisitCase[] = WALLS.flatMap(([rule, answer, , says]) =>
  says === null
    ? []
    : [
        {
          name: rule,
          url: 'https://site.example/a/page-7.html',
          answers: [answer],
          ...says,
          golden: null,
          rule: `web/${rule}`,
        },
      ],
);
