import { expect, it } from 'vitest';
import { skeleton, whyNot } from '../../scripts/new-platform.ts';

it('writes one folder of the platform and one of its tests', () => {
  expect(Object.keys(skeleton('sample', 'https://news.sample.example/a/12.html?x=1'))).toEqual([
    'src/platforms/sample/index.ts',
    'src/platforms/sample/markers.ts',
    'tests/platforms/sample/cases.ts',
    'tests/platforms/sample/golden/article.md',
  ]);
});

it('claims the host and the path of the address it was given', () => {
  const source = skeleton('sample', 'https://news.sample.example/a.b/12.html?x=1')['src/platforms/sample/index.ts'];
  expect(source).toContain("hosts: ['news.sample.example']");
  expect(source).toContain('/^\\/a\\.b\\/(?<id>[\\w.-]+)$/');
});

it.each([
  ['Sample', 'https://sample.example/a/1', 'lower-case letters'],
  ['../sample', 'https://sample.example/a/1', 'lower-case letters'],
  ['sample', 'sample.example/a/1', 'begin with https://'],
  ['sample', 'https://sample.example/', 'name an article'],
  ['wechat', 'https://sample.example/a/1', 'src/platforms/wechat/'],
  ['sample', 'https://mp.weixin.qq.com/s/x', 'src/platforms/wechat/'],
])('refuses %s %s and says what to do', (name, address, mend) => {
  expect(whyNot(name, address)).toContain(mend);
});

it('has nothing against a name and a host that are free', () => {
  expect(whyNot('sample', 'https://news.sample.example/a/12.html')).toBeNull();
});
