import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/index.ts';
import { pageOf } from './page-of.ts';

const TEXT = [
  'The harbour office keeps its maps in a long flat drawer, and lends them to anyone who asks for one politely.',
  'Each of them was drawn by hand, in brown ink, by a clerk who had never been on the water in all his life.',
  'The sailors who borrow them say that the rocks are in their places, but the tides are told a little too kindly.',
  'When a map comes back wet it is hung up by two corners in the yard, among the nets, until the evening.',
] as const;
const read = (body: string): string[] =>
  extractArticle(
    pageOf(`<title>The maps of the harbour</title><body><h1>The maps of the harbour</h1>${body}`),
  )?.text.split('\n') ?? [];
const paragraph = (text: string): string => `<p>${text}</p>`;
const link = (text: string): string => `<p><a href="/${encodeURIComponent(text)}">${text}</a></p>`;

describe('lines of links amid a text', () => {
  const [first, second, ...rest] = TEXT.map(paragraph);
  const amid = (lines: string): string[] => read(`<article>${first}${second}${lines}${rest.join('')}</article>`);
  const names = ['A bridge', 'The yard', 'Old nets'];

  it('lead away where they are three', () => {
    expect(amid(names.map(link).join(''))).toEqual(TEXT);
  });

  it('lead away with the label over them, even if they are two', () => {
    expect(amid(`<p>In this paper:</p>${names.slice(1).map(link).join('')}`)).toEqual(TEXT);
  });

  it('belong to the text where they are two', () => {
    expect(amid(names.slice(1).map(link).join(''))).toEqual([
      ...TEXT.slice(0, 2),
      'The yard',
      'Old nets',
      ...TEXT.slice(2),
    ]);
  });

  it('belong to the text where they are its sources', () => {
    expect(amid(`<p>Sources:</p>${names.map(link).join('')}`)).toEqual([
      ...TEXT.slice(0, 2),
      'Sources:',
      ...names,
      ...TEXT.slice(2),
    ]);
  });

  it('belong to the text where they are much of it', () => {
    const many = Array.from({ length: 6 }, (_, at) => `Map number ${at} of the long flat drawer`);
    expect(amid(many.map(link).join(''))).toEqual([...TEXT.slice(0, 2), ...many, ...TEXT.slice(2)]);
  });
});

describe('a text that stands there twice', () => {
  it('is read once', () => {
    expect(read(`<article>${[...TEXT, TEXT[1]].map(paragraph).join('')}</article>`)).toEqual(TEXT);
  });

  it('is read as often as it stands there, where all of it does', () => {
    expect(read(`<article>${[...TEXT, ...TEXT, ...TEXT].map(paragraph).join('')}</article>`)).toHaveLength(12);
  });
});

describe('a page with hardly any text', () => {
  const notice = '<p>明日起渡口停航三天，请乘客改走大桥。</p>';
  const foot = '<div><p>地址：江州市河边路一号渡口大楼二层，邮政编码见封底，欢迎来信来访，也欢迎来电垂询。</p></div>';
  const textOf = (body: string): string | undefined =>
    extractArticle(
      pageOf(`<html lang="zh-CN"><title>关于渡口停航的通告</title><body><h1>关于渡口停航的通告</h1>${body}`),
    )?.text;

  it('has it in what is marked as the article', () => {
    expect(textOf(`<div itemprop="articleBody">${notice}</div>${foot}`)).toBe('明日起渡口停航三天，请乘客改走大桥。');
    expect(textOf(`<div class="article-content">${notice}</div>${foot}`)).toBe('明日起渡口停航三天，请乘客改走大桥。');
  });

  it('has it wherever it stands, where nothing is marked', () => {
    expect(textOf(`<div>${notice}</div>${foot}`)).toContain('停航三天');
  });
});
