import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify, platforms } from '../../src/platforms/index.ts';
import { runs } from '../property.ts';
import { goldenText, type PlatformCases, run, type VisitCase } from './cases.ts';

const WITH_CASES = platforms
  .map((platform) => platform.name)
  .filter((name) => existsSync(new URL(`./${name}/cases.ts`, import.meta.url)));
const ALL: PlatformCases[] = await Promise.all(
  WITH_CASES.map(async (name) => (await import(new URL(`./${name}/cases.ts`, import.meta.url).href)).cases),
);
const VISITS = ALL.flatMap(({ platform, visits }) => visits.map((visit): [string, VisitCase] => [platform, visit]));
const ADDRESSES = ALL.flatMap(({ same, different, refused }) => [
  ...same.flatMap(({ spellings }) => spellings),
  ...different,
  ...refused,
]);

describe('any address', () => {
  const sign = fc.constantFrom(
    '/',
    '?',
    '#',
    '&',
    '=',
    '%',
    '%2F',
    '%zz',
    '.',
    '..',
    ';',
    '@',
    '0',
    '-',
    'a',
    'Z',
    '中',
    '\\',
    '//',
    '?url=',
    '?target=https%3A%2F%2F',
  );
  /** An address of the cases with a few signs put in or a part cut out. */
  const changed = fc
    .tuple(fc.constantFrom(...ADDRESSES), fc.array(fc.tuple(fc.nat(200), fc.nat(6), sign), { maxLength: 3 }))
    .map(([address, changes]) =>
      changes.reduce((text, [at, length, put]) => {
        const place = 8 + (at % Math.max(1, text.length - 8));
        return text.slice(0, place) + put + text.slice(place + length);
      }, address),
    );

  it('is one page of one platform, and its canonical address is that page again', () => {
    fc.assert(
      fc.property(fc.oneof(changed, fc.webUrl({ withQueryParameters: true, withFragments: true })), (text) => {
        fc.pre(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
        const identity = identify(new URL(text));
        expect(identity.key).not.toBe('');
        const again = identify(new URL(identity.url));
        expect({ key: again.key, platform: again.platform }).toEqual({
          key: identity.key,
          platform: identity.platform,
        });
        expect(again.url).toBe(identity.url);
      }),
      runs(500),
    );
  });
});

describe('any answer', () => {
  const bytesOf = (body: string | Uint8Array): Uint8Array =>
    typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const junk = fc.constantFrom(
    '<',
    '>',
    '"',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    'null',
    '0',
    '-1',
    '""',
    '\\',
    '\\u0000',
    '</script>',
    '<div>',
    '\0',
    '\xff',
  );
  const change = fc.tuple(fc.nat(), fc.nat(60), junk);

  it('of a platform, cut and changed, is judged and read without a throw, and invents no date', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VISITS),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(200, 404, 403, 500),
        ([name, visit], changes, status) => {
          const answers = visit.answers.map((answer) => {
            let body = Buffer.from(bytesOf(answer.body));
            for (const [at, length, put] of changes) {
              const place = body.length === 0 ? 0 : at % body.length;
              body = Buffer.concat([
                body.subarray(0, place),
                Buffer.from(put, 'latin1'),
                body.subarray(place + length),
              ]);
            }
            return { ...answer, body, status: answer.status ?? status };
          });
          const { judgement, article } = run(name, { ...visit, answers });
          expect(judgement.rule).not.toBe('');
          if (article === null) return;
          expect(goldenText(article)).not.toContain('\0');
          for (const word of ['undefined', 'NaN', '[object Object]']) {
            const said = answers.some(({ body }) => body.includes(word));
            expect(said || !goldenText(article).includes(word), word).toBe(true);
          }
          for (const date of [article.published, article.updated])
            expect(date === null || !Number.isNaN(Date.parse(date)), `${date}`).toBe(true);
        },
      ),
      runs(150),
    );
  });
});
