import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { identify, platformNamed, platforms } from '../../src/platforms/index.ts';
import { matchMarkers } from '../../src/platforms/sight.ts';
import { REASONS } from '../../src/types.ts';
import { goldenText, type PlatformCases, pageOf, run } from './cases.ts';

/** An address of each platform whose pages are asked for by themselves. */
const ADDRESSES: Readonly<Record<string, string>> = {
  wechat: 'https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv',
  zhihu: 'https://zhuanlan.zhihu.com/p/123456',
  netease: 'https://www.163.com/dy/article/ABCDEFGH05118ABC.html',
  sohu: 'https://www.sohu.com/a/100000001_1',
  csdn: 'https://blog.csdn.net/a/article/details/123456',
  cnblogs: 'https://www.cnblogs.com/a/p/123456',
  juejin: 'https://juejin.cn/post/7300000000000000000',
  jianshu: 'https://www.jianshu.com/p/0123456789ab',
  arxiv: 'https://arxiv.org/abs/2405.05966',
  github: 'https://github.com/a/b',
};
const WITH_PAGES = Object.keys(ADDRESSES);

const SOURCES = fileURLToPath(new URL('../../src/platforms/', import.meta.url));

it('no two platforms claim the same host', () => {
  const claims = platforms.flatMap((platform) => platform.hosts);
  expect(claims.filter((host, at) => claims.indexOf(host) !== at)).toEqual([]);
});

it('rule ids are unique and carry the name of their platform', () => {
  for (const platform of platforms) {
    const rules = platform.markers.map((marker) => marker.rule);
    expect(new Set(rules).size, platform.name).toBe(rules.length);
    for (const rule of rules) expect(rule).toMatch(new RegExp(`^${platform.name}/[a-z0-9-]+$`));
  }
});

it('every marker has a known reason, a source and a month', () => {
  for (const marker of platforms.flatMap((platform) => platform.markers)) {
    expect(REASONS[marker.says.verdict], marker.rule).toContain(marker.says.reason);
    expect(marker.source, marker.rule).not.toBe('');
    expect(marker.seen, marker.rule).toMatch(/^20\d\d-(?:0[1-9]|1[0-2])$/);
  }
});

it('a shield is known before every platform', () => {
  const body = "<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script></html>";
  for (const name of WITH_PAGES) {
    const { judgement } = run(name, {
      name,
      url: ADDRESSES[name] ?? '',
      answers: [{ body }],
      verdict: 'blocked',
      reason: 'js-challenge',
      golden: null,
    });
    expect(judgement, name).toMatchObject({ verdict: 'blocked', reason: 'js-challenge' });
  }
});

it('text markers name their error container', () => {
  const loose = platforms.flatMap((platform) => platform.markers.filter((marker) => marker.where === 'text'));
  expect(loose.filter((marker) => marker.selector === undefined).map((marker) => marker.rule)).toEqual([]);
});

it('platform code imports neither network nor disk and asks no clock', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files) {
    const source = readFileSync(`${SOURCES}${file}`, 'utf8');
    expect(source, file).not.toMatch(/from '(?:node:(?!buffer'|crypto')|undici|keyv|p-limit)/);
    expect(source, file).not.toMatch(/\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b|\bfetch\(|\bprocess\./);
  }
});

it.each(platforms.map((platform) => [platform.name, platform] as const))(
  '%s refuses hosts that only look like its own',
  (name, platform) => {
    for (const claim of platform.hosts) {
      const host = claim.replace(/^\./, '');
      const fakes = [
        `evil${host}`,
        `${host}.example.com`,
        `${host.replaceAll('.', '-')}.example.com`,
        `${host}@example.com`,
      ];
      for (const fake of fakes) {
        const urls = [
          `https://${fake}/a/1234567890`,
          `https://${fake}/s/abcdefghijklmnop`,
          `https://${fake}/p/123456.html`,
        ];
        for (const url of urls) expect(identify(new URL(url)).platform, url).not.toBe(name === 'web' ? '' : name);
      }
    }
  },
);

it.each(platforms.map((platform) => platform.name))('%s has tests of its own', (name) => {
  const own = ['cases.ts', `${name}.test.ts`].some((file) => existsSync(new URL(`./${name}/${file}`, import.meta.url)));
  expect(own, `tests/platforms/${name}/cases.ts`).toBe(true);
});

const WITH_CASES = platforms
  .map((platform) => platform.name)
  .filter((name) => existsSync(new URL(`./${name}/cases.ts`, import.meta.url)));

describe.each(WITH_CASES)('%s', async (name) => {
  const path = new URL(`./${name}/cases.ts`, import.meta.url);
  const { cases }: { cases: PlatformCases } = await import(path.href);
  const platform = platformNamed(name);
  const goldenOf = (file: string): URL => new URL(`./${name}/golden/${file}.md`, import.meta.url);

  it('gives one key to all spellings of a page', () => {
    for (const { key, url, spellings } of cases.same) {
      for (const spelling of spellings) {
        const identity = identify(new URL(spelling));
        expect(identity, spelling).toMatchObject({ platform: name, key });
        if (url !== undefined) expect(platform.identify(new URL(url))?.url).toBe(url);
      }
    }
  });

  it('keeps the canonical address as it is', () => {
    for (const spelling of cases.same.flatMap((group) => group.spellings)) {
      const identity = identify(new URL(spelling));
      expect(identify(new URL(identity.url)), spelling).toEqual(identity);
      expect(identity.url).toMatch(/^https:\/\//);
    }
  });

  it('gives different pages different keys', () => {
    const keys = cases.different.map((url) => identify(new URL(url)).key);
    expect(new Set(keys).size, keys.join(' ')).toBe(keys.length);
  });

  it('refuses what is not its own', () => {
    for (const url of cases.refused) expect(identify(new URL(url)), url).not.toMatchObject({ platform: name });
  });

  it.each(cases.visits.map((visit) => [visit.name, visit] as const))('judges: %s', (_, visit) => {
    const { judgement } = run(name, visit);
    expect(judgement).toMatchObject({
      verdict: visit.verdict,
      reason: visit.reason,
      ...(visit.rule === undefined ? {} : { rule: visit.rule }),
    });
  });

  it.each(cases.visits.map((visit) => [visit.name, visit] as const))('reads: %s', (_, visit) => {
    const { article } = run(name, visit);
    if (visit.golden === null) {
      expect(article).toBeNull();
      return;
    }
    if (article === null) throw new Error('no article was read');
    expect(article).toMatchObject(visit.article ?? {});
    const golden = goldenOf(visit.golden);
    expect(existsSync(golden), `golden file ${visit.golden}.md`).toBe(true);
    expect(goldenText(article)).toBe(readFileSync(golden, 'utf8'));
    expect(goldenText(run(name, visit).article ?? article)).toBe(goldenText(article));
  });

  it('shows no value that is none', () => {
    for (const visit of cases.visits) {
      const { article } = run(name, visit);
      const shown =
        article === null ? '' : goldenText({ ...article, pictures: [] }).replace(/^[\s\S]*?--- markdown/, '');
      const fields = [article?.title, article?.author, article?.account];
      for (const word of ['undefined', 'null', 'NaN', '[object Object]']) {
        const said = visit.answers.some(({ body }) => Buffer.from(body).includes(word));
        expect(said || !(shown.includes(word) || fields.includes(word)), `${visit.name}: ${word}`).toBe(true);
      }
    }
  });

  it('invents no date', () => {
    for (const visit of cases.visits) {
      const { article } = run(name, visit);
      const bodies = visit.answers.map(({ body }) =>
        typeof body === 'string' ? body : new TextDecoder().decode(body),
      );
      for (const date of [article?.published, article?.updated]) {
        if (typeof date === 'string')
          expect(
            spellingsOf(date).some((text) => bodies.some((body) => body.includes(text))),
            date,
          ).toBe(true);
      }
    }
  });

  it('has a case for every marker', () => {
    expect(cases.markers.map((marker) => marker.rule).sort()).toEqual(
      platform.markers.map((marker) => marker.rule).sort(),
    );
  });

  it.each(cases.markers.map((marker) => [marker.rule, marker] as const))('marker %s', (rule, marker) => {
    const own = platform.markers.filter((candidate) => candidate.rule === rule);
    const asked = cases.visits[0]?.url ?? 'https://example.com/';
    expect(matchMarkers(own, pageOf(marker.matches, asked)).map((match) => match.rule)).toEqual([rule]);
    expect(marker.not.length).toBeGreaterThan(0);
    for (const answer of marker.not) expect(matchMarkers(own, pageOf(answer, asked)), String(answer.body)).toEqual([]);
  });
});

/** Every way in which a page may carry a date: its day in both zones, its epoch. */
function spellingsOf(date: string): string[] {
  const ms = Date.parse(date.length === 10 ? `${date}T00:00:00+08:00` : date);
  const days = [0, 8 * 3_600_000]
    .map((offset) => new Date(ms + offset).toISOString().slice(0, 10))
    .concat(date.slice(0, 10));
  const numbers = [String(Math.floor(ms / 1000)), rubyTime(ms)];
  return days.flatMap((day) => {
    const [year = '', month = '', rest = ''] = day.split('-');
    const [m, d] = [String(Number(month)), String(Number(rest))];
    const english = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' });
    const padded = [
      `${year}-${month}-${rest}`,
      `${year}/${month}/${rest}`,
      `${year}.${month}.${rest}`,
      `${year}${month}${rest}`,
    ];
    const plain = [`${year}-${m}-${d}`, `${year}/${m}/${d}`, `${year}年${m}月${d}日`, `${year}年${month}月${rest}日`];
    return [...padded, ...plain, `${english} ${d}, ${year}`, `${d} ${english} ${year}`, ...numbers];
  });
}

/** `Tue Feb 14 03:01:02 +0800 2023`, as Weibo writes a time. */
function rubyTime(ms: number): string {
  const [, day, month, year, time] = new Date(ms + 8 * 3_600_000).toUTCString().split(' ');
  return `${month} ${day} ${time} +0800 ${year}`;
}
