import { describe, expect, it } from 'vitest';
import { withoutDeepTags } from '../../src/article/shallow.ts';
import { lineOf, partedLine, type Survey, survey } from '../../src/article/survey.ts';
import { pageOf } from './page-of.ts';

const surveyOf = (html: string, readHidden = false): Survey => survey(pageOf(html).$.root().toArray(), readHidden);
const lines = (html: string, readHidden = false): string[] =>
  surveyOf(html, readHidden).blocks.map((block) => lineOf(block));

describe('the lines of a page', () => {
  it.each([
    ['end with blocks and line breaks', 'a<p>b<br>c <i>d</i></p>e', ['a', 'b', 'c d', 'e']],
    [
      'hold nothing that is not shown',
      '<p>a<script>no</script><b hidden>no</b><b style="visibility: hidden">no</b></p>',
      ['a'],
    ],
    [
      'hold no ornament for eyes alone, but its words',
      '<p aria-hidden="true">no</p><p><span aria-hidden="true">a</span></p>',
      ['a'],
    ],
    ['begin in a head that was never closed', '<head><title>no</title><p>a', ['a']],
  ])('%s', (_, html, expected) => {
    expect(lines(html)).toEqual(expected);
  });

  it('are those that a script would show, where that is asked', () => {
    expect(lines('<div style="display:none">a</div>', true)).toEqual(['a']);
  });

  it('belong to what holds all of them', () => {
    const { blocks, elements } = surveyOf('<div><b>a</b> b</div>');
    expect(elements[blocks[0]?.owner ?? -1]?.element.name).toBe('div');
  });

  it('show where elements part them, and not where a comment does', () => {
    const [block] = surveyOf('<p>one<!-- x --> two<b>three</b> <i> </i>four</p>').blocks;
    expect(block && partedLine(block)).toBe('onetwo\tthree\tfour');
    expect(block && partedLine(block, 4)).toBe('onet');
    expect(block && lineOf(block, 5)).toBe('one t');
  });

  it('count links, and the text in them', () => {
    const [block] = surveyOf('<p>ab <a href="/1">汉字</a> <a>汉</a> <a href="/2">字</a></p>').blocks;
    expect(block).toMatchObject({ links: 2, linked: 3 });
  });

  it('count pictures below each element', () => {
    const { elements } = surveyOf('<div><p><img></p><img></div>');
    expect(elements.map(({ element, pictures }) => `${element.name} ${pictures}`)).toEqual(['body 2', 'div 2', 'p 1']);
  });
});

describe('the size of a line', () => {
  const sizeOf = (text: string): number => surveyOf(`<p>${text}</p>`).blocks[0]?.size ?? 0;

  it.each([
    ['Привет мир', 'hello world'],
    ['déjà Köln', 'ab cd'],
    ['l’été', 'a'],
    ["it's well-known", 'a b'],
    ['one — two', 'a b'],
    ['汉字，标点。', '汉字标点'],
    ['ひらがな', '汉字标点'],
  ])('%s is as much as %s', (one, other) => {
    expect(sizeOf(one)).toBe(sizeOf(other));
    expect(sizeOf(one)).toBeGreaterThan(0);
  });

  it('and its stops are those of every script', () => {
    expect(surveyOf('<p>a, b. c! d? e; 一，二。三！四？五；六、</p>').blocks[0]?.stops).toBe(11);
    expect(lines('<p>— · …</p>')).toEqual([]);
  });
});

describe('tags that stand too deep', () => {
  it('leave the text behind a script where it is', () => {
    const page = `<style>p{}</style>${'<div>'.repeat(2_000)}<script>no</script><p>a, <textarea>no</textarea></p><p>b</p>`;
    expect(lines(page)).toEqual(['a, b']);
  });

  it.each([
    ['go with their end tags, their words stay', '<a><b><c>x</c>y</b></a>', '<a><b>xy</b></a>'],
    ['go where they close themselves', '<a><b><c/>x</b></a>', '<a><b>x</b></a>'],
    ['are not those that hold nothing', '<a><b><br>x<img src=y></b></a>', '<a><b><br>x<img src=y></b></a>'],
    ['are counted behind optional end tags', '<ul><li>a<li>b<li>c</ul>', '<ul><li>a<li>b<li>c</ul>'],
    ['are told by tags, not by what stands in quotes', '<a title="<b><b>"><b><c x=\'>\'>x', '<a title="<b><b>"><b>x'],
    [
      'are none in comments and scripts',
      '<a><b><!-- <c> --><script><c></script>x',
      '<a><b><!-- <c> --><script><c></script>x',
    ],
    ['are none in what never ends', '<a><b><!-- <c>', '<a><b><!-- <c>'],
    ['are none behind a script that never ends', '<a><b><script><c>', '<a><b><script><c>'],
    ['are not signs of less', '<a><b>1 < 2 <', '<a><b>1 < 2 <'],
    ['go even where the page ends in one', '<a><b>x<c title="', '<a><b>x'],
    ['end nothing that is not open', '<a></b></p>x</a>', '<a></p>x</a>'],
  ])('%s', (_, html, expected) => {
    expect(withoutDeepTags(html, 2)).toBe(expected);
  });
});
