/** The door of the room: pages opened, articles made from them. Pure. */
export { webAddress } from './address.ts';
export {
  type ArticleInput,
  type BuildOptions,
  buildArticle,
  cleanHtml,
  findPictures,
  toMarkdown,
  toText,
} from './build.ts';
export { decodeBytes } from './charset.ts';
export type { Rewrite } from './clean.ts';
export { chinaTime, type DateContext, epochTime, parseDate } from './dates.ts';
export { extractArticle } from './extract/index.ts';
export { type Metadata, readCanonical, readMetadata } from './metadata/index.ts';
export { openPage, type Page } from './page.ts';
export { hammingDistance, simhash } from './simhash.ts';
export { plainText, visibleText } from './text.ts';
