import type { Marker, Says } from '../platform.ts';

const WALL: Says = { verdict: 'blocked', reason: 'verification-wall' };
const LOGIN: Says = { verdict: 'blocked', reason: 'login-wall' };
const FORBIDDEN: Says = { verdict: 'blocked', reason: 'forbidden' };

/** Error codes of Zhihu's API; the messages vary and end in a random suffix, so the code is what counts. */
const CODES: readonly { code: string; name: string; situation: string; says: Says; explicit?: true; source: string }[] =
  [
    {
      code: '40353',
      name: 'login-code',
      situation: 'API asks for a login',
      says: LOGIN,
      source: 'measured in public code',
    },
    {
      code: '40352',
      name: 'captcha-code',
      situation: 'API asks for a captcha',
      says: WALL,
      source: 'fxzhihu issue 43',
    },
    {
      code: '40362',
      name: 'limited-code',
      situation: 'API limits this visitor',
      says: WALL,
      source: 'fxzhihu issue 44',
    },
    {
      code: '10003',
      name: 'unsigned-code',
      situation: 'API asks for a signature',
      says: FORBIDDEN,
      source: 'RSSHub issue 19367',
    },
    {
      code: '602',
      name: 'app-code',
      situation: 'API is closed to other programs',
      says: FORBIDDEN,
      source: 'public code',
    },
    {
      code: '4041',
      name: 'missing-code',
      situation: 'API says that the content does not exist',
      says: { verdict: 'gone', reason: 'not-found' },
      explicit: true,
      source: 'public code; fxzhihu maps it to 404',
    },
  ];

function ofCode({ code, name, situation, says, explicit, source }: (typeof CODES)[number]): Marker[] {
  const shared = { situation, says, explicit: explicit === true, source, seen: '2026-10' };
  return [
    { rule: `zhihu/${name}`, where: 'json', selector: 'error.code', match: code, ...shared },
    {
      rule: `zhihu/${name}-shown`,
      where: 'text',
      selector: 'body > pre',
      match: new RegExp(`"code"\\s*:\\s*${code}(?!\\d)`),
      ...shared,
      situation: `${situation} (as a browser shows it)`,
    },
  ];
}

const machine: readonly Marker[] = [
  {
    rule: 'zhihu/zse-ck',
    situation: 'Script challenge in place of the page',
    where: 'html',
    selector: 'meta#zh-zse-ck',
    match: 'id="zh-zse-ck"',
    says: { verdict: 'blocked', reason: 'js-challenge' },
    explicit: false,
    source: 'saved answers of zhuanlan.zhihu.com',
    seen: '2026-10',
  },
  {
    rule: 'zhihu/unhuman-login',
    situation: 'Sent to the check for humans, with a login',
    where: 'final-url',
    match: /^https?:\/\/(?:www\.)?zhihu\.com\/account\/unhuman\?(?:.*&)?need_login=true/,
    says: LOGIN,
    explicit: false,
    source: 'measured in public code',
    seen: '2026-10',
  },
  {
    rule: 'zhihu/unhuman',
    situation: 'Sent to the check for humans',
    where: 'final-url',
    match: /^https?:\/\/(?:www\.)?zhihu\.com\/account\/unhuman/,
    says: WALL,
    explicit: false,
    source: 'fxzhihu issue 43',
    seen: '2026-10',
  },
  {
    rule: 'zhihu/signin',
    situation: 'Sent to the login page',
    where: 'final-url',
    match: /^https?:\/\/(?:www\.)?zhihu\.com\/(?:signin|signup|oauth|login)(?:[/?#]|$)/,
    says: LOGIN,
    explicit: false,
    source: 'measured 2026-10-02',
    seen: '2026-10',
  },
  {
    rule: 'zhihu/hit-labels',
    situation: 'Request stopped by the firewall',
    where: 'json',
    selector: 'HitLabels',
    match: 'null',
    says: FORBIDDEN,
    explicit: false,
    source: 'RSSHub issues',
    seen: '2026-06',
  },
  ...CODES.flatMap(ofCode),
];

const BOX = '.ErrorPage, .ErrorPage-container, .Error, .NotFound';

const words: readonly Marker[] = [
  {
    rule: 'zhihu/deleted',
    situation: 'The answer or article was deleted',
    where: 'text',
    selector: BOX,
    match: /该(?:回答|文章|想法|内容|视频|专栏)已(?:被(?:作者|发布者)?)?删除|内容已(?:被作者)?删除/,
    says: { verdict: 'gone', reason: 'deleted-by-author' },
    explicit: true,
    source: 'marker lists of public code',
    seen: '2026-08',
  },
  {
    rule: 'zhihu/desert',
    situation: 'Error page of a page that does not exist',
    where: 'text',
    selector: BOX,
    match: /你似乎来到了没有知识存在的荒原|You've reached a knowledge desert|内容不存在|页面不存在/i,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'marker lists of public code',
    seen: '2026-08',
  },
  {
    rule: 'zhihu/withheld',
    situation: 'Held back until the author changes it',
    where: 'text',
    selector: `${BOX}, .AnswerItem-statusContent, .Post-status`,
    match: /建议修改/,
    says: { verdict: 'blocked', reason: 'withheld' },
    explicit: false,
    source: 'memory, wording not seen on a page',
    seen: '2026-01',
  },
  {
    // Living pages load the same script, so here the words of the empty page count, and only where no article is.
    rule: 'zhihu/zse-ck-words',
    situation: 'Script challenge in place of the page, known by its one sentence',
    where: 'text',
    selector: 'body',
    match: /^知乎，让每一次点击都充满意义.{0,40}$/,
    says: { verdict: 'blocked', reason: 'js-challenge' },
    explicit: false,
    source: 'saved answers of zhuanlan.zhihu.com',
    seen: '2026-10',
  },
  {
    rule: 'zhihu/title-desert',
    situation: 'Title of the error page, in words',
    where: 'title',
    match: /^你似乎来到了没有知识存在的荒原/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: true,
    source: 'public checkers of links: title of the page',
    seen: '2026-08',
  },
  {
    rule: 'zhihu/title-404',
    situation: 'Title of the error page',
    where: 'title',
    match: /^404(?:\s*-\s*知乎)?$/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: false,
    source: 'marker lists of public code',
    seen: '2026-08',
  },
  {
    rule: 'zhihu/title-check',
    situation: 'Title of the check for humans',
    where: 'title',
    match: /^安全验证(?:\s*-\s*知乎)?$/,
    says: WALL,
    explicit: false,
    source: 'marker lists of public code',
    seen: '2026-08',
  },
  {
    rule: 'zhihu/title-refused',
    situation: 'Title of the page that refuses automated browsers',
    where: 'title',
    match: /^(?:请求错误|无法访问当前页面)/,
    says: FORBIDDEN,
    explicit: false,
    source: 'public code',
    seen: '2026-08',
  },
];

/** Signs of Zhihu, the strongest first. */
export const markers: readonly Marker[] = [...machine, ...words];
