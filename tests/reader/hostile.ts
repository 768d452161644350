import type { ReaderInput } from '../../src/reader/index.ts';
import { ARTICLES, type Sample } from './articles.ts';
import { occurrence, shelf } from './shelf.ts';

const ATTACKS = [
  '<img src=x onerror="window.hacked=1">',
  '"><script>window.hacked=1</script>',
  "'-alert(1)-'",
  '</script><script>window.hacked=1</script>',
  '{{constructor.constructor("window.hacked=1")()}}',
  '")\n__linkark("list",0,alert(1))//\u2028\u2029',
  '[点](javascript:window.hacked=1)',
  '</title></style></noscript><svg onload=window.hacked=1>',
];

function model(): Sample {
  const [first] = ARTICLES;
  if (first === undefined) throw new Error('There is no article to take as a model');
  return first;
}

/** Articles whose every field is an attack. */
export const HOSTILE: readonly Sample[] = ATTACKS.map((attack, at) => ({
  ...model(),
  id: `web/hostile-${at}-0011223${at}`,
  url: at % 2 === 0 ? `https://example.com/?q=${attack}` : `javascript:window.hacked=1//${attack}`,
  platform: at === 3 ? attack : 'web',
  title: attack,
  author: attack,
  account: attack,
  published: at % 2 === 0 ? attack : '2026-01-01',
  language: attack,
  html: `<p onclick="window.hacked=1">alert ${attack}</p><a href="javascript:window.hacked=1">${attack}</a><iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><button>x</button></form><img src="https://evil.example/t.gif"><p style="background:url(https://evil.example/)">样式</p>`,
  older: [],
  occurrences: [
    occurrence(
      `sources/${attack.replaceAll('/', '-')}.md`,
      at + 1,
      attack,
      `${attack}\n\n![t](https://evil.example/t.png)`,
      attack,
    ),
  ],
}));

export function hostileShelf(): ReaderInput {
  return { ...shelf(HOSTILE), title: ATTACKS[1] ?? null };
}
