import type { Marker } from '../platform.ts';

/** What Weibo says instead of a post. */
export const markers: readonly Marker[] = [
  {
    rule: 'weibo/visitor',
    situation: 'the visitor system or the login page in place of the post',
    where: 'final-url',
    match:
      /^https?:\/\/(?:passport\.weibo\.(?:com|cn)|login\.sina\.com\.cn|(?:www\.)?weibo\.com\/(?:login|newlogin))\b/,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'public crawlers: 302 to passport.weibo.com/visitor',
    seen: '2026-09',
  },
  {
    rule: 'weibo/visitor-page',
    situation: "the visitor system's own page",
    where: 'title',
    match: /^(?:Sina Visitor System|新浪访客系统|新浪通行证)$/,
    says: { verdict: 'blocked', reason: 'login-wall' },
    explicit: false,
    source: 'public crawlers: page of the visitor system',
    seen: '2025-10',
  },
  {
    rule: 'weibo/removed',
    situation: 'the post does not exist or may not be seen',
    where: 'text',
    selector: '.h5-4con, .m-empty p, .W_error_bg .M_notice, .page_error .note, .error-txt',
    match: /微博不存在或暂无查看权限|(?:该|此)?微博(?:已被?(?:作者)?删除|不存在)|内容已被删除/,
    says: { verdict: 'gone', reason: 'not-found' },
    explicit: false,
    source: 'public crawlers: error page of m.weibo.cn; it does not tell deleted from private',
    seen: '2025-10',
  },
  {
    rule: 'weibo/article-removed',
    situation: 'the long article was removed',
    where: 'text',
    selector: '.note_box, .W_error_bg, .M_notice, .error_page',
    match: /(?:文章|头条文章)(?:已被?(?:作者)?删除|不存在)|抱歉[，,]此内容违反/,
    says: { verdict: 'gone', reason: 'removed-by-platform' },
    explicit: true,
    source: 'not verified on a kept page',
    seen: '2025-01',
  },
];
