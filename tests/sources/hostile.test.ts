import { describe, expect, test } from 'vitest';
import { type Format, readSource, rewrite } from '../../src/sources/index.ts';

const long = 'x'.repeat(100_000);
const links = (link: string) => link.repeat(20_000);

describe('a megabyte that would take for ever if anything were looked at again for each link', () => {
  test.each<[string, Format, string, number]>([
    ['lists in lists without names', 'bookmarks', `${'<DL>'.repeat(125_000)}${'<A HREF=x>'.repeat(50_000)}`, 50_000],
    [
      'outlines in outlines without names',
      'opml',
      `${'<outline>'.repeat(60_000)}${'<outline url="x"/>'.repeat(25_000)}`,
      25_000,
    ],
    [
      'comments before blank lines',
      'html',
      `${'<!-- linkark-disable-next-line -->'.repeat(15_000)}${'\n'.repeat(500_000)}<a href=x>`,
      0,
    ],
    ['a long base', 'html', `<base href="https://a.b/${'x'.repeat(500_000)}">${'<a href=x>'.repeat(50_000)}`, 50_000],
    ['attributes without end', 'html', `<a ${'href=b '.repeat(150_000)}>`, 1],
    ['tags that do not close', 'html', '<a href="'.repeat(110_000), 0],
    ['headings that do not close', 'html', '<h1>a<a href=x>'.repeat(60_000), 60_000],
    ['quotes that do not close', 'csv', `url\n${'"a\n'.repeat(250_000)}`, 125_000],
    ['columns', 'csv', `${'a,'.repeat(250_000)}url\n${'b,'.repeat(250_000)}https://a.b\n`, 1],
    ['brackets in brackets', 'json', `${'['.repeat(400_000)}"https://a.b"${']'.repeat(400_000)}`, 1],
    ['half addresses', 'text', 'https://www.'.repeat(80_000), 1],
    ['brackets behind an address', 'text', `https://a.b/${')'.repeat(1_000_000)}`, 1],
  ])('%s (%s)', (_, format, text, count) => {
    const { references } = readSource('f', text, format);
    expect(references.length).toBe(count);
    const edits = references.map((reference) => ({ reference, address: reference.address }));
    expect(rewrite(text, edits, format)).toBe(text);
  });

  test('lines that are no JSON are told up to a number', () => {
    const { problems } = readSource('f', `1\n${'[\n'.repeat(5_000)}`, 'json');
    expect(problems.length).toBe(100);
  });
});

describe('what few characters say of many links', () => {
  test.each<[string, Format, string]>([
    ['the name of a folder', 'bookmarks', `<H3>${long}</H3><DL>${links('<A HREF=x>y</A>')}`],
    ['the title of an outline', 'opml', `<outline text="${long}">${links('<outline url="x"/>')}`],
    ['the name of an array', 'json', `{"${long}":[${links('"https://a.b",')}1]}`],
    ['a heading of HTML', 'html', `<h1>${long}</h1>${links('<a href=x>y</a>')}`],
    ['a heading', 'markdown', `# ${long}\n\n${links('[a](b) ')}`],
    ['a note', 'markdown', `${links('[a](b) ')}\n\n> ${long}`],
    ['a definition', 'markdown', `${links('[a] ')}\n\n[a]: https://b.c/${long}`],
  ])('%s is not written out without end', (_, format, text) => {
    const { references } = readSource('f', text, format);
    const written = references.reduce(
      (sum, { raw, heading, note }) => sum + raw.length + (heading ?? '').length + (note ?? '').length,
      0,
    );
    expect(references.length).toBeGreaterThan(0);
    expect(written).toBeLessThan(10_000_000);
  });

  test('a heading that is cut says so, and none is cut in the middle of a character', () => {
    const [link] = readSource('f', `# ${'🎉'.repeat(200)}\n\n- [a](b)`, 'markdown').references;
    expect(link?.heading).toBe(`${'🎉'.repeat(150)}…`);
    const [odd] = readSource('f', `# a${'🎉'.repeat(200)}\n\n- [a](b)`, 'markdown').references;
    expect(odd?.heading).toBe(`a${'🎉'.repeat(149)}…`);
  });

  test('links of one line share a note of usual length', () => {
    const { references } = readSource('f', `${'[a](b) '.repeat(50)}\n\n> ${'note '.repeat(1_000)}`, 'markdown');
    expect(references.every(({ note }) => note?.startsWith('note note'))).toBe(true);
  });

  test('a long definition is always the link of its first reference', () => {
    const text = `${'[a] '.repeat(200)}[b]\n\n[a]: https://a.b/${long}\n[b]: https://c.d/${long}`;
    const addresses = new Set(readSource('f', text, 'markdown').references.map(({ address }) => address.slice(0, 12)));
    expect([...addresses]).toEqual(['https://a.b/', 'https://c.d/']);
  });
});
