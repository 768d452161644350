import type { Answer, MarkerCase, PlatformCases, VisitCase } from '../cases.ts';
import {
  ANSWER,
  ARTICLE,
  apiError,
  CHALLENGE,
  DOM,
  dataPage,
  errorPage,
  OTHER_ANSWER,
  PIN,
  QUESTION,
  TARDIS,
} from './pages.ts';
import { variants } from './variants.ts';

const COLUMN = 'https://zhuanlan.zhihu.com/p/1995461159109826221';
const ANSWER_URL = 'https://www.zhihu.com/question/54000001/answer/137000001';
const QUESTION_URL = 'https://www.zhihu.com/question/54000001';
const alive = { verdict: 'alive', reason: 'ok' } as const;
const id = ARTICLE.id;

const visits: VisitCase[] = [
  {
    ...alive,
    name: 'a column article',
    url: COLUMN,
    answers: [{ body: dataPage({ articles: { [id]: ARTICLE } }) }],
    golden: 'article',
    article: { author: '折纸的人', account: '折纸手记', published: '2023-11-15T06:13:20+08:00' },
  },
  {
    ...alive,
    name: 'the same with its data in CDATA, answered with 403',
    url: COLUMN,
    answers: [{ status: 403, body: dataPage({ articles: { [id]: ARTICLE } }, '', true) }],
    golden: 'article',
  },
  {
    ...alive,
    name: 'an answer among others',
    url: ANSWER_URL,
    answers: [
      {
        body: dataPage({ questions: { 54000001: QUESTION }, answers: { 137000002: OTHER_ANSWER, 137000001: ANSWER } }),
      },
    ],
    golden: 'answer',
    article: { title: QUESTION.title, author: '答的人' },
  },
  {
    ...alive,
    name: 'a question with two answers',
    url: QUESTION_URL,
    answers: [
      {
        body: dataPage({ questions: { 54000001: QUESTION }, answers: { 137000002: OTHER_ANSWER, 137000001: ANSWER } }),
      },
    ],
    golden: 'question',
    article: { author: null },
  },
  {
    ...alive,
    name: 'a pin',
    url: 'https://www.zhihu.com/pin/17000001',
    answers: [{ body: dataPage({ pins: { 17000001: PIN } }) }],
    golden: 'pin',
  },
  { ...alive, name: 'the reader without login', url: COLUMN, answers: [{ body: TARDIS }], golden: 'tardis' },
  { ...alive, name: 'a page saved without its data', url: COLUMN, answers: [{ body: DOM }], golden: 'dom' },
  {
    name: 'a paid article',
    url: COLUMN,
    answers: [
      { body: dataPage({ articles: { [id]: { ...ARTICLE, content: '<p>开头。</p>', contentNeedTruncated: true } } }) },
    ],
    verdict: 'alive',
    reason: 'partial',
    golden: 'paid',
    article: { partial: true },
  },
  {
    name: 'a page with other articles only',
    url: COLUMN,
    answers: [{ body: dataPage({ articles: { 42: { ...ARTICLE, id: '42' } } }) }],
    verdict: 'unclear',
    reason: 'unrecognised-page',
    golden: null,
  },
  {
    name: 'the script challenge',
    url: COLUMN,
    answers: [{ status: 403, body: CHALLENGE }],
    verdict: 'blocked',
    reason: 'js-challenge',
    golden: null,
  },
  {
    name: 'a bare 403',
    url: COLUMN,
    answers: [{ status: 403, body: '<html></html>' }],
    verdict: 'blocked',
    reason: 'forbidden',
    golden: null,
  },
  {
    name: 'the API asks for a login',
    url: COLUMN,
    answers: [{ status: 403, body: apiError(40353) }],
    verdict: 'blocked',
    reason: 'login-wall',
    golden: null,
  },
  {
    name: 'the API limits the visitor',
    url: COLUMN,
    answers: [{ status: 403, body: apiError(40362) }],
    verdict: 'blocked',
    reason: 'verification-wall',
    golden: null,
  },
  {
    name: 'the API knows no such content',
    url: COLUMN,
    answers: [{ status: 404, body: apiError(4041) }],
    verdict: 'gone',
    reason: 'not-found',
    rule: 'zhihu/missing-code',
    golden: null,
  },
  {
    name: 'sent to the login page',
    url: QUESTION_URL,
    answers: [
      {
        body: '<html><title>知乎 - 有问题，就会有答案</title></html>',
        hops: [{ url: QUESTION_URL, status: 302 }],
        finalUrl: 'https://www.zhihu.com/signin?next=%2Fquestion%2F54000001',
      },
    ],
    verdict: 'blocked',
    reason: 'login-wall',
    golden: null,
  },
  {
    name: 'the desert',
    url: COLUMN,
    answers: [{ status: 404, body: errorPage('你似乎来到了没有知识存在的荒原') }],
    verdict: 'gone',
    reason: 'not-found',
    rule: 'zhihu/desert',
    golden: null,
  },
  {
    name: 'a deleted answer',
    url: ANSWER_URL,
    answers: [{ status: 200, body: errorPage('该回答已被删除', '知乎') }],
    verdict: 'gone',
    reason: 'deleted-by-author',
    golden: null,
  },
];

const QUOTING: Answer = {
  body: dataPage(
    {
      articles: { [id]: { ...ARTICLE, content: '<p>zh-zse-ck、该回答已被删除、你似乎来到了没有知识存在的荒原。</p>' } },
    },
    '<div class="Post-RichText"><p>zh-zse-ck、该回答已被删除、你似乎来到了没有知识存在的荒原、"code":40362、建议修改。</p></div>',
  ),
};

function code(rule: string, number: number): MarkerCase[] {
  return [
    { rule: `zhihu/${rule}`, matches: { body: apiError(number) }, not: [{ body: apiError(number * 10 + 1) }, QUOTING] },
    {
      rule: `zhihu/${rule}-shown`,
      matches: { body: `<html><body><pre>${apiError(number)}</pre></body></html>` },
      not: [{ body: `<html><body><pre>${apiError(number * 10 + 1)}</pre></body></html>` }, QUOTING],
    },
  ];
}

const titled = (title: string): Answer => ({ body: `<html><head><title>${title}</title></head><body>x</body></html>` });
const at = (finalUrl: string): Answer => ({ body: '', finalUrl });

const markers: MarkerCase[] = [
  { rule: 'zhihu/zse-ck', matches: { body: CHALLENGE }, not: [QUOTING] },
  {
    rule: 'zhihu/unhuman-login',
    matches: at('https://www.zhihu.com/account/unhuman?type=U4E3Z1&need_login=true&next=%2F'),
    not: [at('https://www.zhihu.com/account/unhuman?type=S6E3V1'), QUOTING],
  },
  {
    rule: 'zhihu/unhuman',
    matches: at('https://www.zhihu.com/account/unhuman?type=S6E3V1'),
    not: [at('https://www.zhihu.com/question/1?from=/account/unhuman'), QUOTING],
  },
  {
    rule: 'zhihu/signin',
    matches: at('https://www.zhihu.com/signin?next=%2F'),
    not: [at('https://zhuanlan.zhihu.com/p/1?x=/signin'), at('https://example.com/signin')],
  },
  { rule: 'zhihu/hit-labels', matches: { body: '{"HitLabels":null}' }, not: [{ body: '{"hits":null}' }, QUOTING] },
  ...code('login-code', 40353),
  ...code('captcha-code', 40352),
  ...code('limited-code', 40362),
  ...code('unsigned-code', 10003),
  ...code('app-code', 602),
  ...code('missing-code', 4041),
  {
    rule: 'zhihu/deleted',
    matches: { body: errorPage('该回答已被删除') },
    not: [QUOTING, { body: errorPage('稍后再来') }],
  },
  {
    rule: 'zhihu/desert',
    matches: { body: errorPage("You've reached a knowledge desert") },
    not: [QUOTING, { body: errorPage('稍后再来') }],
  },
  { rule: 'zhihu/withheld', matches: { body: errorPage('回答建议修改：涉及他人') }, not: [QUOTING] },
  {
    rule: 'zhihu/zse-ck-words',
    matches: {
      body: '<body><div>知乎，让每一次点击都充满意义 —— 欢迎来到知乎，发现问题背后的世界。</div><script src="x"></script></body>',
    },
    not: [QUOTING, { body: errorPage('知乎，让每一次点击都充满意义') }],
  },
  {
    rule: 'zhihu/title-desert',
    matches: titled('你似乎来到了没有知识存在的荒原 - 知乎'),
    not: [titled('为什么会看到你似乎来到了没有知识存在的荒原 - 知乎')],
  },
  {
    rule: 'zhihu/title-404',
    matches: titled('404 - 知乎'),
    not: [titled('404 错误是怎么来的 - 知乎'), titled('HTTP 404')],
  },
  { rule: 'zhihu/title-check', matches: titled('安全验证 - 知乎'), not: [titled('什么是安全验证 - 知乎')] },
  { rule: 'zhihu/title-refused', matches: titled('请求错误'), not: [titled('怎样处理请求错误 - 知乎')] },
];

export const cases: PlatformCases = {
  platform: 'zhihu',
  same: [
    {
      key: `p-${id}`,
      url: COLUMN,
      spellings: [
        COLUMN,
        `${COLUMN}?utm_source=wechat&share_code=1#h_1`,
        `http://zhuanlan.zhihu.com/p/${id}/`,
        `https://zhihu.com/p/${id}`,
        `https://m.zhihu.com/p/${id}`,
        `https://oia.zhihu.com/articles/${id}`,
        `https://www.zhihu.com/tardis/zm/art/${id}?source_id=1003`,
        `https://www.zhihu.com/tardis/bd/art/${id}`,
        `https://link.zhihu.com/?target=${encodeURIComponent(COLUMN)}`,
        `https://link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/${id}`,
        `https://www.zhihu.com/signin?next=${encodeURIComponent(`/p/${id}`)}`,
      ],
    },
    {
      key: 'answer-137000001',
      url: ANSWER_URL,
      spellings: [
        ANSWER_URL,
        'https://www.zhihu.com/answer/137000001',
        'https://oia.zhihu.com/answer/137000001',
        'https://www.zhihu.com/tardis/zm/ans/137000001',
        'http://m.zhihu.com/question/54000001/answer/137000001?hb_wx_block=1',
      ],
    },
    {
      key: 'question-54000001',
      url: QUESTION_URL,
      spellings: [QUESTION_URL, `${QUESTION_URL}/answers/updated`, `${QUESTION_URL}?sort=created`],
    },
    { key: 'pin-17000001', spellings: ['https://www.zhihu.com/pin/17000001?native=1'] },
    {
      key: 'column-c_1000001',
      spellings: ['https://www.zhihu.com/column/c_1000001', 'https://zhuanlan.zhihu.com/c_1000001'],
    },
  ],
  different: [
    COLUMN,
    'https://zhuanlan.zhihu.com/p/1995461159109826222',
    ANSWER_URL,
    'https://www.zhihu.com/question/54000001/answer/137000002',
    QUESTION_URL,
    'https://www.zhihu.com/pin/54000001',
    'https://www.zhihu.com/zvideo/54000001',
  ],
  refused: [
    'https://www.zhihu.com/',
    'https://www.zhihu.com/people/someone',
    'https://www.zhihu.com/search?q=x',
    'https://link.zhihu.com/?target=https%3A//example.org/a',
    'https://notzhihu.com/p/123',
  ],
  visits: [...visits, ...variants],
  markers,
};
