import type { Element } from 'domhandler';
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
    '.ReferenceList-backLink',
    '.LinkCard-desc',
    '.VideoCard-mask',
    '.ContentItem-time',
  ],
};

/** The address behind link.zhihu.com; undefined for every other link. */
function target(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href, 'https://www.zhihu.com/')) return undefined;
  const url = new URL(href, 'https://www.zhihu.com/');
  return url.hostname === 'link.zhihu.com' ? unwrapZhihu(url)?.href : undefined;
}

function rewrite(element: Element): Rewrite | undefined {
  const { name, attribs } = element;
  if (name === 'sup' && attribs['data-text'] !== undefined) {
    return { kind: 'footnote', text: attribs['data-text'], url: attribs['data-url'] || null };
  }
  if (name !== 'a') return undefined;
  const classes = ` ${attribs.class ?? ''} `;
  const href = attribs.href ?? '';
  // Words that Zhihu itself links to its search are no links of the author.
  if (classes.includes(' RichContent-EntityWord ') || /^https?:\/\/zhida\.zhihu\.com\/search/.test(href))
    return 'unwrap';
  if (attribs['data-draft-type'] === 'mcn-link-card') return 'drop';
  if (attribs['data-draft-type'] === 'link-card') return card(element);
  return undefined;
}

/** A card stands on a line of its own with its title, or with its address where it has none; its picture follows. */
function card(element: Element): Rewrite | undefined {
  const { attribs } = element;
  const url = target(attribs.href) ?? attribs.href ?? '';
  if (url === '') return undefined;
  const words = (attribs['data-text'] ?? plainText(element)).replace(/\s+/g, ' ').trim();
  const picture = attribs['data-image'] ?? cardPicture(element);
  const link: Rewrite = { kind: 'link', text: words === '' ? url : words, url, block: true };
  return picture === undefined || picture === '' ? link : { ...link, picture };
}

/** In the page's own tree the picture stands in an element of the card. */
function cardPicture(card: Element): string | undefined {
  const queue = card.children.slice(0, 20);
  for (let at = 0; at < queue.length && at < 40; at++) {
    const node = queue[at];
    if (node?.type !== 'tag') continue;
    if (node.name === 'img') return node.attribs.src;
    queue.push(...node.children.slice(0, 20));
  }
  return undefined;
}

/** The largest picture: the original (`_r`), else the lazy address, else what is shown; moving pictures as .gif. */
function pictureUrl(img: Element): string | null | undefined {
  const { attribs } = img;
  const shown = [attribs['data-actualsrc'], attribs.src].find(
    (url) => url !== undefined && /^(?:https?:)?\/\//.test(url),
  );
  const original = attribs['data-original'];
  const moving = attribs['data-thumbnail'] !== undefined || /\.gif(?:$|\?)/.test(shown ?? '');
  if (moving) return gif(shown ?? original ?? attribs['data-thumbnail']);
  return original !== undefined && original !== '' ? original : shown;
}

function gif(url: string | undefined): string | undefined {
  return url?.replace(/\.(?:jpe?g|png|webp)(?=$|\?)/, '.gif');
}
