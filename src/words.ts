/** The words people read, in Chinese and English. Pure data; every room may import it. */
import type { Health, Reason, ReasonOf, Verdict } from './types.ts';

export type Language = 'zh' | 'en';
type Words = Readonly<Record<Language, string>>;

export const VERDICT_WORDS: Readonly<Record<Verdict, Words>> = {
  alive: { zh: '还在', en: 'alive' },
  moved: { zh: '已搬', en: 'moved' },
  drifted: { zh: '内容已变', en: 'drifted' },
  gone: { zh: '已不在', en: 'gone' },
  blocked: { zh: '受阻', en: 'blocked' },
  unclear: { zh: '不明', en: 'unclear' },
  unreachable: { zh: '连不上', en: 'unreachable' },
  skipped: { zh: '未查', en: 'skipped' },
};

export const HEALTH_WORDS: Readonly<Record<Health, Words>> = {
  healthy: { zh: '正常', en: 'healthy' },
  suspect: { zh: '存疑', en: 'suspect' },
  dead: { zh: '已失效', en: 'dead' },
  blocked: { zh: '受阻', en: 'blocked' },
  drifted: { zh: '内容已变', en: 'drifted' },
  unknown: { zh: '未查', en: 'unknown' },
};

/** What each reason means, as a sentence without its full stop. */
const REASON_WORDS: { readonly [V in Verdict]: Readonly<Record<ReasonOf<V>, Words>> } = {
  alive: {
    ok: { zh: '页面还在', en: 'the page is there' },
    'not-modified': { zh: '页面还在，自上次以来没有变化', en: 'the page is there, unchanged since the last visit' },
    partial: { zh: '页面还在，但只给看一部分', en: 'the page is there, but only a part of it is shown' },
  },
  moved: {
    'permanent-redirect': { zh: '页面已永久搬到新地址', en: 'the page has moved to another address for good' },
    'account-migrated': { zh: '账号已迁移，文章在新地址', en: 'the account has moved and the article with it' },
  },
  drifted: {
    'title-mismatch': {
      zh: '地址还能打开，但标题已与清单不符',
      en: 'the address answers, but its title is not the one on the list',
    },
    'content-replaced': { zh: '地址还能打开，但内容已换', en: 'the address answers, but its content was replaced' },
  },
  gone: {
    'not-found': { zh: '网站说没有这个页面', en: 'the site says that there is no such page' },
    'deleted-by-author': { zh: '作者已删除', en: 'deleted by its author' },
    'removed-by-platform': { zh: '被平台移除', en: 'removed by the platform' },
    'account-removed': { zh: '账号已注销或被封', en: 'the account was closed or banned' },
    expired: { zh: '链接已过期', en: 'the link has expired' },
    'soft-404': { zh: '网站用别的页面代替“找不到”', en: 'the site answers with a stand-in for "not found"' },
    'redirected-home': { zh: '被转到网站首页', en: "redirected to the site's front page" },
    'file-missing': { zh: '没有这个文件或标题', en: 'there is no such file or heading' },
  },
  blocked: {
    'verification-wall': { zh: '要求验证，看不到页面', en: 'a verification page stands before it' },
    'login-wall': { zh: '要求登录', en: 'it wants a login' },
    'js-challenge': { zh: '要求浏览器通过脚本验证', en: 'a script challenge stands before it' },
    forbidden: { zh: '网站拒绝我们访问', en: 'the site refuses us' },
    'rate-limited': { zh: '请求过于频繁，被限流', en: 'the site asks us to come back later' },
    paywall: { zh: '需要付费', en: 'it wants payment' },
    'client-only': { zh: '页面只在浏览器里由脚本生成', en: 'the page is made by scripts in the browser only' },
    withheld: { zh: '暂时不给看', en: 'temporarily not viewable' },
    robots: { zh: 'robots.txt 不允许', en: 'robots.txt does not allow it' },
  },
  unclear: {
    'unrecognised-page': { zh: '页面的样子不认识，不下结论', en: 'a page of a shape that is not known; no conclusion' },
    'empty-page': { zh: '页面是空的，不下结论', en: 'an empty page; no conclusion' },
    'bad-link': { zh: '平台说链接参数错误', en: 'the platform says that the address is malformed' },
  },
  unreachable: {
    dns: { zh: '域名解析失败', en: 'the host name has no address' },
    connect: { zh: '无法建立连接', en: 'no connection' },
    tls: { zh: '证书或加密连接有问题', en: 'the certificate or the secure connection is at fault' },
    timeout: { zh: '超时', en: 'no answer in time' },
    reset: { zh: '连接被中断', en: 'the connection was reset' },
    'server-error': { zh: '服务器出错', en: 'the server is at fault' },
    truncated: { zh: '内容没有传完', en: 'the answer was cut short' },
    'too-many-redirects': { zh: '重定向过多或成环', en: 'too many redirects, or a loop' },
    'too-large': { zh: '内容超过大小上限', en: 'the answer is too large' },
    'bad-encoding': { zh: '内容编码已损坏', en: 'the content encoding is broken' },
  },
  skipped: {
    excluded: { zh: '按设置排除', en: 'excluded by the settings' },
    'unsupported-scheme': { zh: '不是网页链接', en: 'not a web address' },
    'invalid-url': { zh: '地址写错了', en: 'the address is malformed' },
    'private-address': { zh: '内网地址，不访问', en: 'a private address, not asked' },
    offline: { zh: '没有网络', en: 'no network' },
    'not-due': { zh: '最近查过且正常', en: 'seen healthy recently' },
    'over-budget': { zh: '本次时间用完或网站要求稍后', en: 'no time left in this run, or the host asked to wait' },
  },
};

const ALL: Readonly<Record<string, Words>> = Object.assign({}, ...Object.values(REASON_WORDS));

/** What a verdict's reason means, as a sentence without its full stop. Reasons are unique across verdicts. */
export function reasonWords(reason: Reason, language: Language): string {
  return ALL[reason]?.[language] ?? reason;
}

const PLATFORM_WORDS: Readonly<Record<string, Words>> = {
  wechat: { zh: '微信公众号', en: 'WeChat' },
  zhihu: { zh: '知乎', en: 'Zhihu' },
  notion: { zh: 'Notion', en: 'Notion' },
  netease: { zh: '网易', en: 'NetEase' },
  sohu: { zh: '搜狐', en: 'Sohu' },
  csdn: { zh: 'CSDN', en: 'CSDN' },
  cnblogs: { zh: '博客园', en: 'cnblogs' },
  juejin: { zh: '掘金', en: 'Juejin' },
  jianshu: { zh: '简书', en: 'Jianshu' },
  toutiao: { zh: '头条', en: 'Toutiao' },
  bilibili: { zh: '哔哩哔哩', en: 'Bilibili' },
  baijiahao: { zh: '百家号', en: 'Baijiahao' },
  weibo: { zh: '微博', en: 'Weibo' },
  github: { zh: 'GitHub', en: 'GitHub' },
  arxiv: { zh: 'arXiv', en: 'arXiv' },
  web: { zh: '网页', en: 'web' },
  local: { zh: '本地文件', en: 'local file' },
};

/** A platform's name as people write it; its own name where no other is known. */
export function platformWords(platform: string, language: Language): string {
  return PLATFORM_WORDS[platform]?.[language] ?? platform;
}

/** The language of a list: Chinese where its headings, texts and notes hold more Chinese than other letters. */
export function languageOf(texts: Iterable<string>): Language {
  let chinese = 0;
  let latin = 0;
  for (const text of texts) {
    chinese += text.match(/\p{Script=Han}/gu)?.length ?? 0;
    latin += text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  }
  return chinese > latin ? 'zh' : 'en';
}
