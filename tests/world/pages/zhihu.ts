import { type Answer, html, json } from '../answers.ts';
import { epoch, htmlText, type Story, weave } from './story.ts';

/** What stands between the paragraphs of a Zhihu text besides pictures. */
export interface ZhihuExtras {
  /** TeX of formulas, put at the end of the first paragraph (inline) and after it (block). */
  formulas?: string[];
  footnote?: { text: string; url: string };
  card?: { text: string; url: string };
}

/** The content as the JSON entity has it: formulas are pictures with TeX, footnotes `sup`, every picture has a noscript twin. */
function zhihuContent(story: Story, extras: ZhihuExtras = {}): string {
  const [inline, block] = extras.formulas ?? [];
  const formula = (tex: string, kind: '1' | '2'): string =>
    `<img src="https://www.zhihu.com/equation?tex=${encodeURIComponent(tex)}" alt="${htmlText(tex)}" eeimg="${kind}"/>`;
  const tails: string[] = [];
  if (inline !== undefined) tails.push(formula(inline, '1'));
  if (extras.footnote !== undefined) {
    tails.push(
      `<sup data-text="${htmlText(extras.footnote.text)}" data-url="${htmlText(extras.footnote.url)}" data-draft-node="inline" data-draft-type="reference" data-numero="1">[1]</sup>`,
    );
  }
  let first = true;
  const paragraph = (text: string): string => {
    const tail = first ? tails.join('') : '';
    const after = first && block !== undefined ? `<p data-pid="fx">${formula(block, '2')}</p>` : '';
    first = false;
    return `<p data-pid="p${text.length}">${htmlText(text)}${tail}</p>${after}`;
  };
  const card =
    extras.card === undefined
      ? ''
      : `<a data-draft-node="block" data-draft-type="link-card" href="https://link.zhihu.com/?target=${encodeURIComponent(extras.card.url)}" class="external">${htmlText(extras.card.text)}</a>`;
  return weave(story, paragraph, zhihuPicture) + card;
}

/** `address` ends in `_r.<ext>`, the original; the page shows smaller ones. */
function zhihuPicture(address: string): string {
  const small = address.replace(/_r(\.\w+)$/, '_b$1');
  const tag = (extra: string): string =>
    `<img src="${small}" data-caption="" data-size="normal" data-rawwidth="955" data-rawheight="455" class="origin_image zh-lightbox-thumb" width="955" data-original="${address}"${extra}/>`;
  return `<figure data-size="normal"><noscript>${tag('')}</noscript>${tag(` data-actualsrc="${small}"`)}</figure>`;
}

function shell(title: string, url: string, bodyClass: string, root: string, entities: object): Answer {
  const data = {
    initialState: {
      common: { ask: {} },
      entities: { users: {}, questions: {}, answers: {}, articles: {}, columns: {}, ...entities },
      env: {
        message: {
          gone: '你似乎来到了没有知识存在的荒原',
          deleted: '该回答已被删除',
          captcha: '系统监测到您的网络环境存在异常',
        },
      },
    },
    subAppName: bodyClass === 'PostIndex-body' ? 'column' : 'main',
  };
  const script = JSON.stringify(data).replaceAll('<', '\\u003C');
  return html(`<!doctype html>
<html lang="zh" data-hairline="true" data-theme="light"><head><meta charSet="utf-8"/><title data-rh="true">${htmlText(title)} - 知乎</title><meta name="viewport" content="width=device-width,initial-scale=1,maximum-scale=1"/><meta data-rh="true" property="og:title" content="${htmlText(title)}"/><meta data-rh="true" property="og:url" content="${url}"/><meta data-rh="true" property="og:site_name" content="知乎"/><link crossorigin="" rel="shortcut icon" type="image/x-icon" href="https://static.zhihu.com/heifetz/favicon.ico"/></head><body class="${bodyClass}"><div id="root">${root}</div><script id="js-initialData" type="text/json">${script}</script></body></html>`);
}

const authorEntity = (name: string): object => ({
  id: '8dfaf8f68f37269d5fb315ba826bc59c',
  urlToken: 'stand-in-author',
  name,
  type: 'people',
});
const authorBox = (name: string): string =>
  `<div class="AuthorInfo" itemprop="author" itemscope="" itemType="http://schema.org/Person"><meta itemprop="name" content="${htmlText(name)}"/><div class="AuthorInfo-content"><span class="UserLink AuthorInfo-name"><a class="UserLink-link" href="//www.zhihu.com/people/stand-in-author">${htmlText(name)}</a></span></div></div>`;

/** The DOM differs from the JSON: formulas are spans there, and there are no noscript twins. */
const asDom = (content: string): string =>
  content
    .replace(/<noscript>[\s\S]*?<\/noscript>/g, '')
    .replace(
      /<img src="https:\/\/www\.zhihu\.com\/equation[^>]*alt="([^"]*)" eeimg="(\d)"\/>/g,
      '<span class="ztext-math" data-eeimg="$2" data-tex="$1"></span>',
    );

export interface ZhihuArticleOptions extends ZhihuExtras {
  /** Cut by the salt-column paywall. */
  paid?: boolean;
}

/** A column article, `https://zhuanlan.zhihu.com/p/<id>`; `story.account` is the column's title. */
export function zhihuArticle(id: string, story: Story, options: ZhihuArticleOptions = {}): Answer {
  const url = `https://zhuanlan.zhihu.com/p/${id}`;
  const at = epoch(story.published);
  const content = zhihuContent(story, options);
  const paid = options.paid ?? false;
  const article = {
    id,
    title: story.title,
    type: 'article',
    articleType: paid ? 'paid' : 'normal',
    url,
    excerpt: story.paragraphs[0]?.slice(0, 60) ?? '',
    created: at,
    updated: at + 86_400,
    author: authorEntity(story.author),
    state: 'published',
    content,
    contentNeedTruncated: paid,
    column: { id: 'c_1712093601218048000', title: story.account, type: 'column' },
    isNormal: true,
  };
  const wall = paid
    ? '<div class="KfeCollection-PaidAnswerFooter"><div>本内容来自盐选专栏，开通会员，查看完整内容</div></div>'
    : '';
  const root = `<div class="App"><header role="banner" class="AppHeader"><a href="//www.zhihu.com" aria-label="知乎"></a></header><main role="main" class="App-main"><div class="Post-content"><article class="Post-Main Post-NormalMain" tabindex="-1"><meta itemprop="datePublished" content="${new Date(at * 1000).toISOString()}"/><header class="Post-Header"><h1 class="Post-Title">${htmlText(story.title)}</h1><div class="Post-Author">${authorBox(story.author)}</div></header><div class="Post-RichTextContainer"><div class="RichText ztext Post-RichText">${asDom(content)}</div></div>${wall}<div class="ContentItem-time">发布于 ${story.published.slice(0, 16).replace('T', ' ')}・IP 属地北京</div></article></div></main></div>`;
  return shell(story.title, url, 'PostIndex-body', root, { articles: { [id]: article } });
}

export interface ZhihuAnswer {
  id: string;
  story: Story;
}

/** A question with one answer asked for and other answers around it; `story.title` is the question. */
export function zhihuAnswer(
  question: string,
  wanted: ZhihuAnswer,
  others: ZhihuAnswer[],
  extras: ZhihuExtras = {},
): Answer {
  const url = `https://www.zhihu.com/question/${question}/answer/${wanted.id}`;
  const title = wanted.story.title;
  // An answer before and one after the wanted one: whoever takes the first is wrong.
  const all = [...others.slice(0, 1), wanted, ...others.slice(1)];
  const content = (one: ZhihuAnswer): string => zhihuContent(one.story, one === wanted ? extras : {});
  const answers = Object.fromEntries(
    all.map((one) => [
      one.id,
      {
        id: one.id,
        type: 'answer',
        answerType: 'normal',
        author: authorEntity(one.story.author),
        content: content(one),
        contentNeedTruncated: false,
        createdTime: epoch(one.story.published),
        updatedTime: epoch(one.story.published) + 60,
        question: { id: question, title, type: 'question' },
        url: `https://www.zhihu.com/api/v4/answers/${one.id}`,
      },
    ]),
  );
  const items = all.map((one) => answerItem(one, content(one), title)).join('');
  return shell(title, url, 'Entity-Answer-body', questionRoot(title, items), {
    questions: { [question]: questionEntity(question, title) },
    answers,
  });
}

const questionEntity = (id: string, title: string): object => ({
  id,
  type: 'question',
  title,
  detail: '<p>想听听大家的看法。</p>',
  created: 1669600000,
  updatedTime: 1669600100,
  isNormal: true,
  answerCount: 22,
});

const answerItem = (one: ZhihuAnswer, content: string, title: string): string =>
  `<div class="ContentItem AnswerItem" data-zop="${htmlText(JSON.stringify({ authorName: one.story.author, itemId: Number(one.id), title, type: 'answer' }))}" name="${one.id}" itemProp="mainEntityOfPage" itemType="http://schema.org/Answer" itemscope=""><div class="ContentItem-meta">${authorBox(one.story.author)}</div><meta itemprop="dateCreated" content="${new Date(Date.parse(one.story.published)).toISOString()}"/><div class="RichContent RichContent--unescapable"><div class="RichContent-inner"><span class="RichText ztext CopyrightRichText-richText" itemprop="text">${asDom(content)}</span></div><div class="ContentItem-time"><a>发布于 ${one.story.published.slice(0, 16).replace('T', ' ')}</a></div></div></div>`;

const questionRoot = (title: string, items: string): string =>
  `<div class="App"><main role="main" class="App-main"><div class="QuestionPage" itemscope="" itemType="http://schema.org/Question"><div class="QuestionHeader"><div class="QuestionHeader-content"><div class="QuestionHeader-main"><h1 class="QuestionHeader-title">${htmlText(title)}</h1><div class="QuestionHeader-detail"><span class="RichText ztext">想听听大家的看法。</span></div></div></div></div><div class="Question-main">${items}</div></div></main></div>`;

/** A question's own page with some answers. */
export function zhihuQuestion(question: string, title: string, answers: ZhihuAnswer[], closed = false): Answer {
  const bar = closed ? '<div class="QuestionStatus-bar">问题已关闭。原因：重复提问</div>' : '';
  const items = answers.map((one) => answerItem(one, zhihuContent(one.story), title)).join('');
  const entities = {
    questions: { [question]: { ...questionEntity(question, title), isNormal: !closed } },
    answers: Object.fromEntries(
      answers.map((one) => [
        one.id,
        {
          id: one.id,
          type: 'answer',
          content: zhihuContent(one.story),
          createdTime: epoch(one.story.published),
          author: authorEntity(one.story.author),
        },
      ]),
    ),
  };
  return shell(
    title,
    `https://www.zhihu.com/question/${question}`,
    'QuestionPage-body',
    bar + questionRoot(title, items),
    entities,
  );
}

/* ---- what is no article ---- */

/** The script challenge: 403, no charset in the header, a sentence about Zhihu in the body. */
export function zhihuChallenge(status = 403): Answer {
  return {
    ...html(
      `    <!DOCTYPE html><html lang="en"><head><meta id="zh-zse-ck" charset="UTF-8" content="mC4uUuaSgPIosI4W/bb0NNBou9nhhKciChJYDoGVud76"></head><body><div style="color:#535861;opacity: 0.1;display: flex;justify-content: center;">知乎，让每一次点击都充满意义 —— 欢迎来到知乎，发现问题背后的世界。</div><script data-assets-tracker-config='{"appName":"zse_ck","trackJSRuntimeError":true}' crossorigin="" src="https://static.zhihu.com/zse-ck/v4/fd156a93eabe6019cdaa1919f1b19993de62fdd250a3f1cbe25909b635b8c366.js"></script></body></html>\n`,
      status,
    ),
    headers: [['Content-Type', 'text/html']],
  };
}

/** The error page of an address that names nothing any more. */
export function zhihuNotFound(status = 404): Answer {
  return html(
    `<!doctype html><html lang="zh"><head><meta charSet="utf-8"/><title>404 - 知乎</title></head><body><div id="root"><div class="ErrorPage"><div class="ErrorPage-text"><h1 class="ErrorPage-title">404</h1><p class="ErrorPage-subtitle">你似乎来到了没有知识存在的荒原</p></div><div class="ErrorPage-errorButtons"><a class="Button" href="//www.zhihu.com">去往首页</a></div></div></div></body></html>`,
    status,
  );
}

/** Errors of Zhihu's API, by their code. */
export function zhihuApiError(code: 40353 | 40352 | 40362 | 10003 | 4041): Answer {
  const messages: Record<typeof code, [number, object]> = {
    40353: [
      403,
      {
        need_login: true,
        redirect: 'https://www.zhihu.com/account/unhuman?type=U4E3Z1&need_login=true',
        message: '请您登录后查看更多专业优质内容。',
      },
    ],
    40352: [
      403,
      {
        need_login: false,
        redirect: 'https://www.zhihu.com/account/unhuman?type=S6E3V1',
        message: '系统监测到您的网络环境存在异常，请点击下方验证按钮进行验证。',
      },
    ],
    40362: [
      403,
      {
        message:
          '您当前请求存在异常，暂时限制本次访问。如有疑问，您可以通过手机摇一摇或登录后私信知乎小管家反馈。0123456789abcdef0123456789abcdef',
      },
    ],
    10003: [403, { message: '请求参数异常，请升级客户端后重试' }],
    4041: [404, { name: 'NotFoundException', message: 'content does not exist' }],
  };
  const [status, error] = messages[code];
  return json({ error: { ...error, code } }, status);
}
