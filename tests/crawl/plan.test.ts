import { expect, test } from 'vitest';
import { type Plan, planLinks, type Selection } from '../../src/crawl/plan.ts';
import { readSource } from '../../src/sources/index.ts';

const ALL: Selection = { include: [], exclude: [], baseline: new Set(), remaps: [], shard: null };

function plan(markdown: string, selection: Partial<Selection> = {}): Plan {
  const { references } = readSource('list.md', markdown, 'markdown');
  return planLinks(references, { ...ALL, ...selection });
}

const asked = ({ links }: Plan) => links.map(({ url }) => url).sort();

test('a picture that the list shows is nothing that it points at, a link around it is', () => {
  const list =
    '![a boat](https://a.example/boat.png) [![a boat](https://a.example/small.png)](https://a.example/boats)\n';
  expect(asked(plan(list))).toEqual(['https://a.example/boats']);
});

const list = '- <https://a.example/1?utm_source=x>\n- <https://b.example/2>\n- <https://a.example/private/3>\n';

test.each<[string, Partial<Selection>, string[]]>([
  ['everything', {}, ['https://a.example/1', 'https://a.example/private/3', 'https://b.example/2']],
  ['what is included', { include: [/a\.example/] }, ['https://a.example/1', 'https://a.example/private/3']],
  ['what is included and not excluded', { include: [/a\.example/], exclude: [/private/] }, ['https://a.example/1']],
  ['what is not excluded as it is written', { exclude: [/utm_source/, /private/] }, ['https://b.example/2']],
  ['what is not excluded as it is canonical', { exclude: [/\/1$/, /private/] }, ['https://b.example/2']],
  [
    'what the baseline does not name',
    { baseline: new Set(['https://a.example/1']) },
    ['https://a.example/private/3', 'https://b.example/2'],
  ],
  [
    'another address where it is mapped to one',
    { remaps: [{ pattern: /^https:\/\/b\.example\//, replacement: 'https://c.example/' }], include: [/c\.example/] },
    ['https://c.example/2'],
  ],
])('asks %s', (_, selection, addresses) => {
  const planned = plan(list, selection);
  expect(asked(planned)).toEqual(addresses);
  expect(planned.skipped).toHaveLength(3 - addresses.length);
  expect(new Set(planned.skipped.map(({ reason }) => reason)).size).toBe(addresses.length === 3 ? 0 : 1);
});

test('a link that is excluded as it is written in one place and not in another is asked', () => {
  const twice = '- <https://a.example/1?utm_source=x>\n- <https://a.example/1>\n';
  const planned = plan(twice, { exclude: [/utm_source/] });
  expect(asked(planned)).toEqual(['https://a.example/1']);
  expect(planned.skipped).toEqual([]);
});

test('every link is in one of the shards, all of a host in the same one', () => {
  const many = Array.from({ length: 60 }, (_, at) => `- <https://host-${at % 12}.example/${at}>\n`).join('');
  const parts = [1, 2, 3].map((index) => asked(plan(many, { shard: { index, of: 3 } })));
  expect(parts.flat().sort()).toEqual(asked(plan(many)));
  const hosts = parts.map((part) => new Set(part.map((url) => new URL(url).host)));
  expect(hosts.reduce((sum, { size }) => sum + size, 0)).toBe(12);
});
