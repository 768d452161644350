import { bytes, clientOnly, page } from '../answers.ts';
import type { Answer, MarkerCase, PlatformCases, VisitCase } from '../cases.ts';
import { variants } from './variants.ts';

const VIDEO = 'https://www.bilibili.com/video/BV17x411w7KC/';
const COLUMN = 'https://www.bilibili.com/read/cv10000001';
const OPUS = 'https://www.bilibili.com/opus/700000000000000001';
const code = (value: number): Answer => ({ body: JSON.stringify({ code: value, message: 'x', ttl: 1 }) });

const CODES: readonly (readonly [string, number, VisitCase['verdict'], VisitCase['reason']])[] = [
  ['no-such-video', -404, 'gone', 'not-found'],
  ['not-visible', 62002, 'gone', 'removed-by-platform'],
  ['under-review', 62004, 'blocked', 'withheld'],
  ['private', 62012, 'blocked', 'withheld'],
  ['no-permission', -403, 'blocked', 'login-wall'],
  ['not-logged-in', -101, 'blocked', 'login-wall'],
  ['risk-control', -352, 'blocked', 'verification-wall'],
  ['intercepted', -412, 'blocked', 'verification-wall'],
  ['too-often', -799, 'blocked', 'rate-limited'],
  ['overload', -509, 'blocked', 'rate-limited'],
  ['bad-request', -400, 'unclear', 'bad-link'],
];

export const cases: PlatformCases = {
  platform: 'bilibili',
  same: [
    {
      key: 'BV17x411w7KC',
      url: VIDEO,
      spellings: [
        VIDEO,
        'https://www.bilibili.com/video/av170001?p=2&spm_id_from=333',
        'https://m.bilibili.com/video/BV17x411w7KC#reply',
        'http://bilibili.com/video/bv17x411w7KC',
      ],
    },
    {
      key: 'cv10000001',
      url: COLUMN,
      spellings: [
        COLUMN,
        'https://www.bilibili.com/read/mobile?id=10000001',
        'https://www.bilibili.com/read/cv10000001/?from=search',
      ],
    },
    {
      key: 'opus-700000000000000001',
      url: OPUS,
      spellings: [
        OPUS,
        'https://t.bilibili.com/700000000000000001?tab=2',
        'https://m.bilibili.com/opus/700000000000000001',
      ],
    },
  ],
  different: [VIDEO, 'https://www.bilibili.com/video/BV17x411w7Kc/', COLUMN, OPUS],
  refused: ['https://www.bilibili.com/', 'https://space.bilibili.com/1', 'https://www.bilibili.com/bangumi/play/ep1'],
  visits: [
    {
      name: 'video',
      url: VIDEO,
      answers: [{ body: bytes('bilibili', 'view.json'), headers: { 'content-type': 'application/json' } }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'view',
    },
    {
      name: 'column of 2022',
      url: COLUMN,
      answers: [{ body: bytes('bilibili', 'read-2022.html') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'read-2022',
    },
    {
      name: 'column that was moved to /opus/',
      url: COLUMN,
      answers: [
        {
          body: page(
            '纸船 - 哔哩哔哩',
            '<h1 class="opus-module-title__text">纸船</h1><div class="opus-module-content"><p>折痕要压两遍，水才进不去。</p></div><script>window.__INITIAL_STATE__={"basic":{"rid_str":"10000001"}}</script>',
          ),
          finalUrl: OPUS,
          hops: [{ url: COLUMN, status: 302 }],
        },
      ],
      verdict: 'alive',
      reason: 'ok',
      golden: 'opus',
    },
    {
      name: 'suspicion',
      url: VIDEO,
      answers: [{ status: 412, body: 'x' }],
      verdict: 'blocked',
      reason: 'verification-wall',
      golden: null,
    },
    ...CODES.map(
      ([name, value, verdict, reason]): VisitCase => ({
        name,
        url: VIDEO,
        answers: [code(value)],
        verdict,
        reason,
        rule: `bilibili/${name}`,
        golden: null,
      }),
    ),
    ...variants,
  ],
  markers: [
    ...CODES.map(
      ([name, value]): MarkerCase => ({
        rule: `bilibili/${name}`,
        matches: code(value),
        not: [code(0), code(value * 10)],
      }),
    ),
    {
      rule: 'bilibili/lost',
      matches: { body: page('', '<div class="error-text">啊叻？视频不见了？</div>') },
      not: [{ body: page('', '<p>啊叻？视频不见了？</p>') }],
    },
    {
      rule: 'bilibili/captcha-title',
      matches: { body: page('验证码_哔哩哔哩', '<div id="app"></div>') },
      not: [{ body: page('怎样做一个验证码_哔哩哔哩', '') }],
    },
    {
      rule: 'bilibili/error-title',
      matches: { body: page('出错啦! - bilibili.com', '') },
      not: [{ body: page('出错啦!怎么办 - bilibili.com', '') }],
    },
    clientOnly('bilibili'),
  ],
};
