import { expect, test } from 'vitest';
import { languageOf, platformWords } from '../../src/words.ts';

test.each([
  ['the Chinese of a list outweighs its names', ['读物', '一篇关于 OpenAI 的文章'], 'zh'],
  ['an English list with one Chinese title', ['Reading list', 'Papers and posts', '一篇文章'], 'en'],
  ['as much of the one as of the other', ['阅读 reading list'], 'en'],
  ['words of any length count once, characters each', ['国际化 internationalization'], 'zh'],
  ['neither', ['2026-11-23', 'Привет'], 'en'],
  ['nothing at all', [], 'en'],
])('the language of a list: %s', (_, texts, language) => {
  expect(languageOf(texts)).toBe(language);
});

test.each([
  ['zhihu', '知乎', 'Zhihu'],
  ['myblog', 'myblog', 'myblog'],
  ['constructor', 'constructor', 'constructor'],
])('the platform %s is %s in Chinese and %s in English', (platform, zh, en) => {
  expect([platformWords(platform, 'zh'), platformWords(platform, 'en')]).toEqual([zh, en]);
});
