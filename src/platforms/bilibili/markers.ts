import type { Marker, Says } from '../platform.ts';

const CODES = 'error codes of api.bilibili.com, collected by public API notes';

function code(value: string, rule: string, situation: string, says: Says, explicit = false): Marker {
  return {
    rule: `bilibili/${rule}`,
    situation,
    where: 'json',
    selector: 'code',
    match: value,
    says,
    explicit,
    source: CODES,
    seen: '2025-10',
  };
}

/** What Bilibili says instead of a video or column. */
export const markers: readonly Marker[] = [
  code('-404', 'no-such-video', 'the API knows no such video', { verdict: 'gone', reason: 'not-found' }, true),
  code(
    '62002',
    'not-visible',
    'the video is not visible (稿件不可见)',
    { verdict: 'gone', reason: 'removed-by-platform' },
    true,
  ),
  code('62004', 'under-review', 'the video is under review (稿件审核中)', { verdict: 'blocked', reason: 'withheld' }),
  code('62012', 'private', 'only its uploader sees the video (仅UP主自己可见)', {
    verdict: 'blocked',
    reason: 'withheld',
  }),
  code('-403', 'no-permission', 'the video needs an account with permission', {
    verdict: 'blocked',
    reason: 'login-wall',
  }),
  code('-101', 'not-logged-in', 'the video needs a login', { verdict: 'blocked', reason: 'login-wall' }),
  code('-352', 'risk-control', 'the API turned the visitor away (风控校验失败)', {
    verdict: 'blocked',
    reason: 'verification-wall',
  }),
  code('-412', 'intercepted', 'the API turned the visitor away (请求被拦截)', {
    verdict: 'blocked',
    reason: 'verification-wall',
  }),
  code('-799', 'too-often', 'too many requests (请求过于频繁)', { verdict: 'blocked', reason: 'rate-limited' }),
  code('-509', 'overload', 'too many requests (请求过于频繁)', { verdict: 'blocked', reason: 'rate-limited' }),
  code('-400', 'bad-request', 'the address is wrong (请求错误)', { verdict: 'unclear', reason: 'bad-link' }),
  {
    rule: 'bilibili/lost',
    situation: 'error page of a video',
    where: 'text',
    selector: '.error-text, .error-body, .error-split, .error-container, .not-found, .error-panel',
    match: /啊叻？视频不见了？|视频已失效|视频去哪了呢|内容不见了/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'public scrapers: lists of error texts',
    seen: '2025-01',
  },
  {
    rule: 'bilibili/captcha-title',
    situation: 'the captcha in place of the page',
    where: 'title',
    match: /^验证码_哔哩哔哩$/,
    says: { verdict: 'blocked', reason: 'verification-wall' },
    explicit: false,
    source: 'public crawlers: 200 with this title and window._riskdata_',
    seen: '2026-08',
  },
  {
    rule: 'bilibili/error-title',
    situation: 'error page with its own title',
    where: 'title',
    match: /^出错啦!? ?- ?bilibili\.com$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'public scrapers: lists of error texts',
    seen: '2025-01',
  },
];
