import { expect, test } from 'vitest';
import { buildArticle } from '../../src/article/index.ts';

const ESC = '\u001b';

test('no control character of a page reaches what people print on a terminal', () => {
  const article = buildArticle({
    content: `<p>正文${ESC}[31m红\u0007\u009b2J</p><pre><code>ls ${ESC}]0;x\u0007\n\tcd</code></pre><p><a href="https://a.test/" title="${ESC}">链${ESC}接</a></p>`,
    baseUrl: 'https://a.test/',
    title: `标题${ESC}[2J`,
    author: `作者${ESC}`,
    account: null,
    published: null,
    updated: null,
    language: null,
    partial: false,
    original: null,
  });
  for (const text of [article.title, article.author, article.text, article.markdown, article.html]) {
    expect(text).not.toMatch(/(?![\t\n\r])\p{Cc}/u);
  }
  expect(article.markdown).toContain('\n\tcd');
});
