/**
 * Word lists of the extraction, as data. They say how pages everywhere name and label what is not the article;
 * no entry is made for a single site.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words in class and id names of furniture. A name is split at `-`, `_` and capitals before it is compared. */
export const FURNITURE_NAMES = list(`
  ad ads adsense adslot adbox adv advert advertisement advertising adwrap banner sponsor sponsored promo promotion promos
  aside sidebar sider side rail rightrail leftrail rightbar leftbar
  nav navbar navigation menu submenu topbar breadcrumb breadcrumbs crumb crumbs pathway
  footer foot bottombar colophon copyright copyrights legal
  comment comments commentlist disqus respond reply replies guestbook pinglun liuyan cmt cmts
  changyan sohucs duoshuo uyan gitalk gitment valine waline twikoo utterances giscus
  share sharing shares sharebar social socials addthis sharethis bdshare jiathis fenxiang sns weixin wechat qrcode erweima
  related relate recommend recommended recommendation recommendations recommends suggest suggested suggestions guess
  xiangguan tuijian popular trending mostread mostpopular hot hotnews rank ranking paihang
  pagination pager pagenav pages prevnext nextprev prenext
  tags taglist tagcloud keywords
  subscribe subscription newsletter signup login signin register paywall cookie cookies consent gdpr popup modal overlay
  lightbox dialog tooltip toolbar toolbox tools actions print printer
  widget widgets outbrain taboola revcontent zergnet
  disclaimer shengming statement zeren editorlist
  videoplayer audioplayer playlist vjs jwplayer
  skip screenreader sr visuallyhidden invisible
  loading skeleton placeholder feedback vote voting rating score digg dingcai zan like likes
  authorbio authorcard authorbox aboutauthor bio
  editsection navbox catlinks metadata mbox reflist
`);

/** Those of them that are never the article, however much text they hold. */
export const NEVER_ARTICLE = list(`
  comment comments commentlist disqus respond reply replies guestbook pinglun liuyan cmt cmts
  nav navbar navigation menu breadcrumb breadcrumbs footer foot copyright
  related relate recommend recommended recommendation recommendations recommends xiangguan tuijian
`);

/** Names that mark the body of an article and hardly ever anything else. */
export const BODY_MARKS =
  /(?:^|\s)(?:article[-_]?(?:body|content|text|main)|(?:post|entry|story|news|art|blog)[-_]?(?:body|content|text)|post_text|content[-_]article|main[-_]?content|artibody|endtext|trs_editor|rich_media_content|content_?txt|zhengwen|neirong|newstext|article_con|markdown-body)(?:\s|$)/i;

/** Names of inline elements that are furniture even in the middle of a line. */
export const INLINE_FURNITURE =
  /(?:^|[\s_-])(?:editsection|sr-only|screen-?reader(?:-text)?|visually-?hidden|anchor-?link|header-?anchor)(?:$|[\s_-])/i;

/** Furniture by element or role. */
export const FURNITURE_TAGS = list('nav aside footer form menu dialog');
export const FURNITURE_ROLES = list(
  'navigation complementary contentinfo banner search menu menubar dialog alert alertdialog tablist toolbar form',
);

/** Not looked at, with all they hold. */
export const UNREAD = list(
  `script style noscript template head title svg canvas iframe object embed applet select option textarea button
   audio video map datalist input link meta base math`,
);

/**
 * Labels that open furniture at the end of an article (whole line). Everything from there on goes, as long as it is
 * the smaller part.
 */
export const END_LABELS: readonly RegExp[] = [
  /^[\s【[（(>»·■◆●★▍|]*(?:相关|推荐|热门|精彩|最新|往期|猜你|更多|其他|其它|本文相关|您可能|你可能)(?:的)?(?:推荐|阅读|文章|帖子|日志|喜欢|感兴趣|还喜欢|也喜欢|会喜欢|精彩)(?:的)?(?:文章|新闻|内容)?[\s】\]）):：>»]*$/,
  /^[\s【[（(>»·■◆●★▍|]*(?:推荐|热门|精彩|最新|往期)(?:新闻|报道|链接|专题|资讯|内容|热点|话题|回顾|主题)[\s】\]）):：>»]*$/,
  /^(?:网友评论|最新评论|全部评论|热门评论|精彩评论|发表评论|我要评论|我来说两句|用户评论|评论列表|文章评论|评论区|跟贴|网友跟贴|热门跟贴|\d*条?评论)[\s:：(（]*\d*[条)）]*$/,
  /^(?:返回搜狐|责任编辑[:：]?|特别声明|平台声明|免责声明|版权声明|网站声明|郑重声明|.{0,10}(?:著作权|版权|内容)声明$|上一篇|下一篇|打印本文|关闭窗口|返回首页)[:：]?/,
  /^(?:(?:\d+ )?(?:comments?|responses|replies)(?: \(\d+\))?|leave a (?:comment|reply)|post a comment|share this[ \w]{0,24}|follow us(?: on [\w ]{1,20})?|about the authors?|subscribe(?: (?:now|today))?|sign up|(?:our )?newsletter|sponsored|most read|most popular)\s*[:：]?$/i,
];

/** Labels over links to other pages. They end an article only where such a link follows: a chapter may have that name. */
export const LINKS_LABELS: readonly RegExp[] = [
  /^[\s【[（(>»·■◆●★▍|]*(?:相关|延伸|拓展|其他|其它|更多)(?:的)?(?:阅读|新闻|报道|链接|内容|话题|资讯|热点|专题|回顾|主题)[\s】\]）):：>»]*$/,
  /^(?:相關|延伸|推薦|更多|熱門)(?:新聞|報導|閱讀|文章|推薦|連結)[:：]?$/,
  /^(?:related|recommended|more|latest|popular|trending|also read|read (?:more|next)|see also|you (?:may|might) (?:also )?like|more (?:from|on|in|stories|news)|from around the web|tags?|filed under|topics)\b[\s\w]{0,30}[:：]?$/i,
];

/** Whole lines that are never part of the text, wherever they stand. */
export const NOISE_LINES: readonly RegExp[] = [
  /^[\s【[（(]*(?:责任编辑|责任编辑|本文编辑|编辑|责编|值班编辑|编审|审核|校对|编校|监制|主编|实习编辑|文字编辑|网络编辑|责任主编|见习编辑|編輯|責任編輯)\s*[:：|/].{0,40}$/,
  /^[\s【[（(]*(?:责任编辑|责编|責任編輯)\s.{0,40}$/,
  /^(?:来源|文章来源|稿件来源|信息来源|转载自|来自|作者|文章作者|发布时间|发表时间|更新时间|时间|日期|发布日期|点击|点击数|点击量|点击次数|阅读|阅读数|阅读量|浏览|浏览量|浏览次数|人气|字号|字体|评论|关键词|关键字|标签|来源于|發佈時間|來源)\s*[:：].{0,60}$/,
  /^(?:返回搜狐，?查看更多|点击进入专题[:：]?.{0,40}|点击查看更多|查看全文|阅读全文|展开全文|展开阅读全文|查看原文|阅读原文|继续阅读|加载更多|点击加载|扫一扫.{0,30}|扫码.{0,20}|分享到?.{0,20}|分享至.{0,20}|分享让更多人看到|打开(?:APP|微信).{0,30}|复制链接|收藏本文|我要投稿|广告|举报|投诉|反馈|打印|大\s*中\s*小|【.{0,3}大.{0,3}中.{0,3}小.{0,3}】|播放|暂停|静音|全屏|正在播放|点击播放|图集|视频|\d+\s*(?:人)?(?:阅读|点赞|评论|赞|收藏|浏览|跟贴|参与))$/,
  /^(?:advertisement|advertising|ad|sponsored(?: content)?|share|tweet|email|print|save|like|follow|play video|watch(?: now)?|close|loading\.*|story continues below(?: advertisement)?|continue reading(?: below)?|article continues (?:below|after).{0,30}|read more|show more|view comments|\d+ (?:comments?|shares?|views?)|skip to .{0,30}|advertisement\s*-?\s*scroll to continue|click to (?:expand|enlarge|share).{0,30}|image(?: \d+)? of \/? ?\d+|caption|back to gallery|enlarge|link copied|copy link|facebook|twitter|linkedin|pinterest|whatsapp|reddit|google\+|tumblr)$/i,
  /^(?:photo|image|picture|photograph|credit|图片?来源|图源|图片|供图|摄影)\s*[:：].{0,60}$/i,
  /^(?:特别|免责|版权|郑重|平台|网站|本站|重要)?(?:声明|提示|说明)[:：].{10,400}$/,
  /^[【[（(](?:特别|免责|版权|郑重|平台|网站|本站)声明[】\]）)].{10,400}$/,
  /^.{0,20}浏览器版本(?:过低|太低|较低).{0,80}$|^【纠错】.{0,30}$/,
  /^(?:代码语言[:：]\s*[\w+#]{1,20}|复制(?:代码)?|copy(?: code)?)$/i,
  /^(?:以上内容|本文|文章|该文|图文|转载).{0,40}(?:仅代表|不代表|版权归|著作权|仅供参考|不构成).{0,300}$/,
  /^.{0,80}(?:本平台仅提供信息存储|不代表本网?站?(?:观点|立场)|如有侵权|侵权请联系|联系删除|投资有风险).{0,200}$/,
  /^(?:copyright|©|\(c\)|版权所有|all rights reserved).{0,160}$/i,
];

/** Lines that give the source, the author or the time under a title. */
export const BYLINE =
  /^(?:by\s|written by|posted (?:by|on)|published|updated|last updated|来源|作者|记者|发布|发表|时间|日期|编辑|文[/／|｜]|责任|原创|转载|字号|阅读|点击|浏览|评论|來源|發佈|更新)/i;

/** Labels over lists of links that belong to the article. */
export const SOURCES_LABEL =
  /参考|引用|文献|资料|出处|来源|链接|reference|source|bibliograph|citation|resource|links?\b/i;
