import type { Transition } from '../types.ts';
import { HEALTH_WORDS, type Language, reasonWords } from '../words.ts';
import { xml } from './escape.ts';

/** Entries of the feed: readers ask it again and again, the whole history is in changes.ndjson. */
const MOST = 100;

/** The changes of health as an Atom feed (RFC 4287), newest first. */
export function feed(changes: readonly Transition[], language: Language): string {
  // A link seen for the first time and well is no news to a subscriber.
  const news = changes.filter(({ from, to }) => from !== 'unknown' || to !== 'healthy');
  const newest = news.slice(-MOST).reverse();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language === 'zh' ? 'zh-CN' : 'en'}">`,
    `  <title>linkark: ${language === 'zh' ? '链接的变化' : 'changes of links'}</title>`,
    '  <id>urn:linkark:changes</id>',
    `  <updated>${newest[0]?.at ?? '1970-01-01T00:00:00.000Z'}</updated>`,
    '  <author><name>linkark</name></author>',
    ...newest.map((change) => entry(change, language)),
    '</feed>',
    '',
  ].join('\n');
}

function entry(change: Transition, language: Language): string {
  const title = `${HEALTH_WORDS[change.to][language]}: ${change.title ?? change.url}`;
  const from = HEALTH_WORDS[change.from][language];
  const words = `${from} → ${HEALTH_WORDS[change.to][language]}. ${reasonWords(change.reason, language)}`;
  return [
    '  <entry>',
    `    <title>${xml(title)}</title>`,
    `    <id>urn:linkark:${xml(encodeURIComponent(change.id))}:${xml(change.at)}</id>`,
    `    <updated>${xml(change.at)}</updated>`,
    `    <link href="${xml(change.url)}"/>`,
    `    <summary>${xml(words)}</summary>`,
    '  </entry>',
  ].join('\n');
}
