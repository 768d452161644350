import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Status } from '../../src/types.ts';
import { type FrozenWeb, runNight, Shelf } from './frozen-web.ts';

const shelf = new Shelf();
afterAll(() => shelf.remove());

const html = (title: string, body: string): Uint8Array =>
  Buffer.from(`<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`);

/** The verdict on one page of a host that sends this for every address. */
async function verdictOn(body: Uint8Array): Promise<string> {
  const web: FrozenWeb = () => ({ status: 200, body });
  const dir = shelf.place();
  await runNight(dir, '- [A boat](https://harbour.example/boats/7)\n', web, 0);
  const status = JSON.parse(readFileSync(join(dir, 'status.json'), 'utf8')) as Status;
  const [link] = status.links;
  return `${link?.verdict} ${link?.reason}${link?.snapshot ? ' kept' : ''}`;
}

describe('a host that sends one page for every address', () => {
  test.each([
    ['an error page', html('Harbour', '<p>There is nothing here any more, it was removed.</p>'), 'gone soft-404'],
    ['a headline of absence', html('Boats', '<h2>That boat no longer exists with us</h2>'), 'gone soft-404'],
    ['a check of the browser', html('Hold on', '<p>We are verifying your browser.</p>'), 'blocked verification-wall'],
    ['a portal', html('Airport', '<p>Welcome to our free Wi-Fi. Accept the terms.</p>'), 'blocked forbidden'],
    ['a failing database', html('Boats', '<p>SQLSTATE[HY000]: no such file</p>'), 'unreachable server-error'],
    ['words of its own', html('Boats', '<p>Three boats lie in the harbour tonight.</p>'), 'unclear unrecognised-page'],
  ])('%s', async (_, body, says) => {
    expect(await verdictOn(body)).toBe(says);
  });
});

describe('a host that sends one page for several links, and another for made-up addresses', () => {
  const list = [1, 2, 3, 4, 5].map((boat) => `- [Boat ${boat}](https://harbour.example/boats/${boat})\n`).join('');

  async function verdictsOn(body: Uint8Array): Promise<string[]> {
    const web: FrozenWeb = (url) => (/\/boats\/\d$/.test(url) ? { status: 200, body } : null);
    const dir = shelf.place();
    await runNight(dir, list, web, 0);
    const status = JSON.parse(readFileSync(join(dir, 'status.json'), 'utf8')) as Status;
    return status.links.map(({ verdict, reason }) => `${verdict} ${reason}`);
  }

  test('says the same of all where it reads like a page', async () => {
    const same = html(
      'Boats',
      `<article><h1>Boats</h1><p>${'Three boats lie in the harbour tonight. '.repeat(8)}</p></article>`,
    );
    expect(await verdictsOn(same)).toEqual(Array(5).fill('alive ok'));
  });

  test('is a wall from the third link on where it says nothing that could be a page', async () => {
    const verdicts = await verdictsOn(html('', '<p>hello</p>'));
    const [unclear, wall] = ['unclear unrecognised-page', 'blocked verification-wall'];
    expect(verdicts.sort()).toEqual([wall, wall, wall, unclear, unclear]);
  });

  test('says the same of all where it asks for a verification', async () => {
    const wall = html('Boats', '<p>Please complete the security check.</p>');
    expect(await verdictsOn(wall)).toEqual(Array(5).fill('blocked verification-wall'));
  });
});
