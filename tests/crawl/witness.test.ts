import { describe, expect, test } from 'vitest';
import { drift, titlesAgree } from '../../src/crawl/witness.ts';

describe('titlesAgree', () => {
  test.each([
    ['大模型的训练过程', '训练过程详解：大模型', true],
    ['大模型的训练过程', '今日菜价一览表', false],
    ['Scaling laws for language models', 'On scaling language models', true],
    ['Scaling laws for language', 'Ten recipes for your kitchen garden', true],
    ['Scaling laws explained', 'Ten recipes today', false],
    ['ＣｈａｔＧＰＴ 是怎么练成的', 'ChatGPT是怎么练成的？', true],
  ])('%s / %s: %s', (a, b, agree) => {
    expect(titlesAgree(a, b)).toBe(agree);
  });

  test.each(['原文', 'here', '链接', 'https://example.com/a/b', '好', ''])('%j is no witness', (text) => {
    expect(titlesAgree(text, '大模型的训练过程')).toBeNull();
  });
});

describe('drift', () => {
  const text = '训练一个大模型先要准备语料，再做预训练，然后用人类反馈调整。'.repeat(20);
  const other = '本站域名正在出售，请联系经纪人报价，欢迎来电咨询各类优惠。'.repeat(20);
  const before = { title: '大模型的训练过程', text };

  test('a first visit with a different title proves nothing', () => {
    expect(drift(['大模型的训练过程'], null, { title: '域名出售', text: other })).toBeNull();
  });

  test('the same page is no drift, nor is a new title for it that still agrees', () => {
    expect(drift(['大模型的训练过程'], before, { title: '大模型的训练过程', text })).toBeNull();
    expect(drift(['大模型的训练过程'], before, { title: '更新：大模型的训练', text })).toBeNull();
  });

  test('the kept copy agreed with the list and the page does not any more', () => {
    const judgement = drift(['大模型的训练过程'], before, { title: '优质域名低价转让', text: other });
    expect(judgement).toMatchObject({ verdict: 'drifted', reason: 'title-mismatch', marker: '优质域名低价转让' });
  });

  test('with a link text that says nothing, title and text together tell', () => {
    const judgement = drift(['原文'], before, { title: '优质域名低价转让', text: other });
    expect(judgement).toMatchObject({ verdict: 'drifted', reason: 'content-replaced' });
  });

  test('a renamed article with the same text is the same article', () => {
    expect(drift(['原文'], before, { title: '优质域名低价转让', text })).toBeNull();
  });

  test('what is not known is no drift', () => {
    expect(drift(['大模型的训练过程'], before, { title: null, text: other })).toBeNull();
  });
});
