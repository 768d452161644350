import { type Element, isTag } from 'domhandler';
import { type BuildOptions, plainText, type Rewrite } from '../../article/index.ts';
import { unwrapZhihu } from './identity.ts';

/** How Zhihu's own elements are kept; formulas and noscript twins are the article room's general rules. */
export const zhihuOptions: BuildOptions = {
  linkUrl: (a) => target(a.attribs.href),
  pictureUrl,
  rewrite,
  dropSelectors: [
    '.RichText-MCNLinkCardContainer',
    '.MCNLinkCard',
    '.RichText-ADLinkCardContainer',
    // In the page's own tree the notes stand a second time in a list of references.
    '.ReferenceList',
    'h2:has(+ .ReferenceList)',
    '.LinkCard-desc',
    '.VideoCard-mask',
    '.ContentItem-time',
  ],
};

/** The address behind link.zhihu.com; undefined for every other link. */
function target(href = ''): string | undefined {
  if (!URL.canParse(href, 'https://www.zhihu.com/')) return undefined;
  const url = new URL(href, 'https://www.zhihu.com/');
  return url.hostname === 'link.zhihu.com' ? unwrapZhihu(url)?.href : undefined;
}

function rewrite(element: Element): Rewrite | undefined {
  const { name, attribs } = element;
  if (name === 'sup' && attribs['data-text'] !== undefined) {
    return { kind: 'footnote', text: attribs['data-text'], url: attribs['data-url'] || null };
  }
  if (name !== 'a') return undefined;
  // Words that Zhihu itself links to its search are no links of the author.
  if (
    / RichContent-EntityWord /.test(` ${attribs.class} `) ||
    /^https?:\/\/zhida\.zhihu\.com\/search/.test(`${attribs.href}`)
  )
    return 'unwrap';
  const type = attribs['data-draft-type'];
  if (type === 'mcn-link-card' || type === 'ad-link-card') return 'drop';
  const { href, 'data-title': film } = attribs;
  if (/ video-link /.test(` ${attribs.class} `) && film !== undefined && href !== undefined) {
    return { kind: 'link', text: film, url: target(href) ?? href, block: true, embed: true };
  }
  return type === 'link-card' || / LinkCard /.test(` ${attribs.class} `) ? card(element) : undefined;
}

/** A card stands on a line of its own with its title, or with its address where it has none; its picture follows. */
function card(element: Element): Rewrite | undefined {
  const { attribs } = element;
  const url = target(attribs.href) ?? attribs.href;
  if (url === undefined || url === '') return undefined;
  const inner = innerElements(element);
  const words =
    attribs['data-text'] ??
    plainText(inner.find((part) => / LinkCard-title /.test(` ${part.attribs.class} `)) ?? element);
  const picture = attribs['data-image'] || inner.find(({ name }) => name === 'img')?.attribs.src;
  const link: Rewrite = { kind: 'link', text: words.replace(/\s+/g, ' ').trim() || url, url, block: true };
  return picture === undefined ? link : { ...link, picture };
}

/** The elements inside a card, which is small; in the page's own tree its title and its picture are among them. */
function innerElements(card: Element): Element[] {
  const found: Element[] = [card];
  for (let at = 0; at < Math.min(found.length, 40); at++) {
    found.push(...(found[at]?.children ?? []).slice(0, 20).filter(isTag));
  }
  return found.slice(1);
}

/** The largest picture: the original (`_r`), else the lazy address, else what is shown; moving pictures as .gif. */
function pictureUrl(img: Element): string | null | undefined {
  const { attribs } = img;
  const shown = [attribs['data-actualsrc'], attribs.src].find((url) => /^(?:https?:)?\/\//.test(`${url}`));
  const thumbnail = attribs['data-thumbnail'];
  if (thumbnail === undefined && !/\.gif(?:$|\?)/.test(`${shown}`)) return attribs['data-original'] || shown;
  return (shown ?? thumbnail)?.replace(/\.(?:jpe?g|png|webp)(?=$|\?)/, '.gif');
}
