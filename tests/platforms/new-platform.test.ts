import { expect, it } from 'vitest';
import { skeleton } from '../../scripts/new-platform.ts';

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
  ['Sample', 'https://sample.example/a/1'],
  ['../sample', 'https://sample.example/a/1'],
  ['sample', 'sample.example/a/1'],
  ['sample', 'https://sample.example/'],
])('refuses %s %s', (name, address) => {
  expect(() => skeleton(name, address)).toThrow(TypeError);
});
