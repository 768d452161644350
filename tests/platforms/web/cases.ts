import { bytes, EMPTY_FRAME, FULL_FRAME, page } from '../answers.ts';
import type { Answer, MarkerCase, PlatformCases, VisitCase } from '../cases.ts';
import { wallMarkers, wallVisits } from './walls.ts';

const FERRY = 'https://notes.example/ferry';
const story = Buffer.from(bytes('web', 'article.html')).toString('utf8');
const inText = (text: string): Answer => ({
  body: story.replace('Nobody had asked', `<code>${text}</code> Nobody had asked`),
});
const script = (source: string): Answer => ({ body: page('', `<script>${source}</script>`) });
const tag = (markup: string): Answer => ({ body: page('', markup) });

/** A wall: the rule, the page that is one, and a page that talks about it or carries its harmless sister. */
const WALLS: readonly (readonly [string, Answer, Answer])[] = [
  [
    'cloudflare-challenge',
    script("window._cf_chl_opt = {cvId: '3'}; a.src = '/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';"),
    script("window.__CF$cv$params={r:'1'}; a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';"),
  ],
  ['akamai-challenge', tag('<div id="sec-if-cpt-container"></div>'), tag('<p>sec-if-cpt-container</p>')],
  [
    'incapsula',
    tag('<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&amp;xinfo=7"></iframe>'),
    tag('<script src="/_Incapsula_Resource?SWJIYLWA=0123456789abcdef0123456789abcdef&amp;ns=4&amp;cb=55"></script>'),
  ],
  [
    'ddos-guard',
    tag('<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>'),
    inText('/.well-known/ddos-guard/check'),
  ],
  ['anubis', tag('<script id="anubis_challenge" type="application/json">{}</script>'), inText('id="anubis_challenge"')],
  [
    'sucuri',
    script("document.cookie='sucuri_cloudproxy_js=1'; sucuri_cloudproxy_js='';"),
    inText('sucuri_cloudproxy_js'),
  ],
  [
    'datadome',
    tag('<iframe src="https://geo.captcha-delivery.com/captcha/?x=1"></iframe>'),
    inText('https://geo.captcha-delivery.com/captcha/'),
  ],
  ['perimeterx', tag('<div id="px-captcha"></div>'), inText('id="px-captcha"')],
  [
    'aws-waf',
    script('window.gokuProps = {"key":"x"};'),
    tag('<script src="https://0a1b2c3d.0a1b2c3d.eu-central-1.token.awswaf.com/0a/1b/challenge.js"></script>'),
  ],
  [
    'vercel',
    tag('<script src="/.well-known/vercel/security/static/challenge.js"></script>'),
    tag('<script src="/_vercel/insights/script.js"></script>'),
  ],
  [
    'acw-challenge',
    script("var arg1='0123456789ABCDEF0123456789ABCDEF01234567';"),
    inText("var arg1='0123456789ABCDEF0123456789ABCDEF01234567'"),
  ],
  ['aliyun-slider', tag('<div id="WAF_NC_WRAPPER"></div>'), inText('id="WAF_NC_WRAPPER"')],
  ['safeline', tag('<script src="/.safeline/static/challenge.js"></script>'), inText('/.safeline/static')],
  ['bytedance', script('window._$jsvmprt = 1;'), inText('_$jsvmprt')],
];

const judgedAs = (
  name: string,
  verdict: VisitCase['verdict'],
  reason: VisitCase['reason'],
  answer: Answer,
  url = 'https://site.example/a/page-7.html',
): VisitCase => ({ name, url, answers: [answer], verdict, reason, golden: null });

/** Error pages that were sent with 200: two signs each. */
const SOFT: readonly VisitCase[] = [
  ['in English', page('Page not found | Harbour', '<h1>Page not found</h1><p>Try the search.</p>')],
  ['a number only', page('404', '<h1>404</h1>')],
  ["doesn't exist", page('Harbour', "<h1>404</h1><h2>The page you requested doesn't exist</h2>")],
  ['in Chinese', page('页面不存在 - 港口网', '<h2>抱歉，您访问的页面不存在</h2><a href="/">返回首页</a>')],
  ['deleted, in Chinese', page('提示信息', '<h3>该文章已被删除</h3>')],
  [
    'a notice',
    page('提示信息 - 港口网', '<div id="messagetext"><p>抱歉，指定的主题不存在或已被删除或正在被审核</p></div>'),
  ],
  ['with its number and protocol', page('HTTP 404', '<h1>HTTP 404 Not Found</h1>')],
  ['class of the body', page('Nothing here', '<p>Nothing here.</p>').replace('<body>', '<body class="error404 wide">')],
].map(([name = '', body = '']) => judgedAs(`soft 404: ${name}`, 'gone', 'soft-404', { body }));

export const cases: PlatformCases = {
  platform: 'web',
  same: [
    {
      key: 'notes.example/ferry',
      url: FERRY,
      spellings: [
        FERRY,
        'https://notes.example/ferry?utm_source=x&utm_medium=y',
        'https://NOTES.example:443/ferry#part',
      ],
    },
    { key: 'notes.example/?p=12', spellings: ['https://notes.example/?p=12'] },
  ],
  different: [
    FERRY,
    'https://notes.example/Ferry',
    'https://notes.example/ferry?page=2',
    'https://notes.example/#!/ferry',
  ],
  refused: ['https://www.sohu.com/a/661234567_120001'],
  visits: [
    { name: 'article', url: FERRY, answers: [{ body: story }], verdict: 'alive', reason: 'ok', golden: 'article' },
    {
      name: 'article titled like an error page',
      url: FERRY,
      answers: [{ body: story.replaceAll('How the ferry learned to wait', '404 Not Found') }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'titled-404',
    },
    {
      name: 'article that is not free, with its text',
      url: FERRY,
      answers: [
        {
          body: story.replace(
            '</head>',
            '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script></head>',
          ),
        },
      ],
      verdict: 'alive',
      reason: 'partial',
      golden: 'not-free',
    },
    {
      name: 'Markdown',
      url: 'https://notes.example/note.md',
      answers: [{ body: bytes('web', 'note.md'), headers: { 'content-type': 'text/markdown; charset=utf-8' } }],
      verdict: 'alive',
      reason: 'ok',
      golden: 'note',
    },
    judgedAs(
      'PDF',
      'alive',
      'ok',
      { body: '%PDF-1.7 x', headers: { 'content-type': 'application/pdf' } },
      'https://notes.example/a.pdf',
    ),
    judgedAs('JSON that says 404', 'unclear', 'unrecognised-page', {
      body: '{"code": 404, "message": "no such boat"}',
    }),
    judgedAs('plain text that says not found', 'gone', 'soft-404', {
      body: 'Not found\n',
      headers: { 'content-type': 'text/plain' },
    }),
    judgedAs('JSON', 'alive', 'ok', { body: '{"tide": 3}' }, 'https://notes.example/api'),
    judgedAs('empty answer', 'unclear', 'empty-page', { body: '' }),
    ...SOFT,
    judgedAs('redirected to the root', 'gone', 'redirected-home', {
      body: page('Harbour', '<p>Welcome to the harbour, where the boats come in twice a day.</p>'),
      finalUrl: 'https://site.example/',
      hops: [{ url: 'https://site.example/a/page-7.html', status: 302 }],
    }),
    judgedAs('redirected to a login page', 'blocked', 'login-wall', {
      body: page('Sign in', '<form><input type="password"></form>'),
      finalUrl: 'https://site.example/login?next=%2Fa',
      hops: [{ url: 'https://site.example/a/page-7.html', status: 302 }],
    }),
    judgedAs('a password is asked for', 'blocked', 'login-wall', {
      body: page('Members', '<form>Name <input name="u"> <input type="password"></form>'),
    }),
    judgedAs('not free, no text', 'blocked', 'paywall', {
      body: page(
        'Story',
        '<h1>Story</h1>',
        '<script type="application/ld+json">[{"isAccessibleForFree":false}]</script>',
      ),
    }),
    judgedAs('parked', 'gone', 'soft-404', {
      body: page('site.example', '<h1>This domain is for sale</h1><a href="https://sedo.com/search">Buy</a>'),
    }),
    judgedAs('empty frame', 'blocked', 'client-only', { body: EMPTY_FRAME }),
    judgedAs('stub that sends on', 'unclear', 'unrecognised-page', {
      body: page(
        'Moved',
        '<p>This page has moved to another house.</p>',
        '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/x">',
      ),
    }),
    judgedAs('404', 'gone', 'not-found', { status: 404, body: page('Gone fishing', '<h1>Gone fishing</h1>') }),
    judgedAs('forbidden', 'blocked', 'forbidden', { status: 403, body: page('403', '<h1>Forbidden</h1>') }),
    ...WALLS.map(
      ([rule, answer]): VisitCase => ({
        ...judgedAs(rule, 'blocked', 'js-challenge', answer),
        reason: /datadome|perimeterx|slider/.test(rule) ? 'verification-wall' : 'js-challenge',
        rule: `web/${rule}`,
      }),
    ),
    ...wallVisits,
    judgedAs('404 in words and by status', 'gone', 'not-found', {
      status: 404,
      body: page('404 Not Found', '<h1>404 Not Found</h1>'),
    }),
    judgedAs('a failing site that says not found', 'unreachable', 'server-error', {
      status: 503,
      body: page('Page not found', '<h1>Page not found</h1>'),
    }),
    judgedAs('a failing site that names the address', 'unreachable', 'server-error', {
      status: 500,
      body: page(
        'Harbour',
        '<h1>We will be back soon</h1><p>The harbour office is closed for repairs.</p>',
        '<link rel="canonical" href="https://site.example/a/page-7.html">',
      ),
    }),
    judgedAs('a refusal that says not found', 'blocked', 'forbidden', {
      status: 403,
      body: page('Page not found', '<h1>Page not found</h1>'),
    }),
  ],
  markers: [
    ...WALLS.map(([rule, matches, not]): MarkerCase => ({ rule: `web/${rule}`, matches, not: [not] })),
    ...wallMarkers,
    {
      rule: 'web/baidu-verification',
      matches: { body: '', finalUrl: 'https://wappass.baidu.com/static/captcha/tuxing.html' },
      not: [{ body: '', finalUrl: 'https://example.org/?u=https://wappass.baidu.com/static/captcha/' }],
    },
    {
      rule: 'web/soft-404',
      matches: { body: page('', '<h1>Page not found</h1>') },
      not: [{ body: page('', '<h1>Page not found: a history</h1>') }],
    },
    {
      rule: 'web/parked',
      matches: { body: page('', '<h1>The domain site.example is for sale</h1>') },
      not: [{ body: page('', '<h1>The old ferry is for sale</h1>') }],
    },
    {
      rule: 'web/login-url',
      matches: { body: '', finalUrl: 'https://site.example/users/sign_in' },
      not: [{ body: '', finalUrl: 'https://site.example/blog/login-pages-that-work' }],
    },
    { rule: 'web/login-form', matches: tag('<input type="password">'), not: [tag('<p>type="password"</p>')] },
    {
      rule: 'web/paywall',
      matches: tag('<script type="application/ld+json">{"isAccessibleForFree":"False"}</script>'),
      not: [tag('<script type="application/ld+json">{"isAccessibleForFree":true}</script>')],
    },
    { rule: 'web/empty-shell', matches: { body: EMPTY_FRAME }, not: [{ body: FULL_FRAME }] },
  ],
};
