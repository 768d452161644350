import { expect, test } from 'vitest';
import { Network } from '../../src/queue/network.ts';
import type { Failure } from '../../src/types.ts';

const never = new AbortController().signal;
const failed = (host: string, reason: Failure['reason'], local = false) => [
  {
    failure: { verdict: 'unreachable', reason, detail: 'for a test', local } satisfies Failure,
    finalUrl: `https://${host}/`,
    reply: null,
  },
];
const noName = (host: string) => failed(host, 'dns');
const noRoute = (host: string) => failed(host, 'connect', true);

test.each([
  ['names that are all unknown', noName],
  ['no route to anywhere', noRoute],
])('%s, on three hosts: no network, and nothing is to be told', async (_, fault) => {
  const network = new Network(0);
  for (const host of ['a.example', 'b.example', 'c.example']) {
    expect(network.offline.aborted).toBe(false);
    expect(network.note(host, fault(host))).toBe(false);
  }
  expect(await network.mayTell(never)).toBe(false);
  expect(network.offline.aborted).toBe(true);
});

test('one host that fails again and again, or two, are told of once nothing further answers', async () => {
  const network = new Network(0);
  for (const host of ['a.example', 'a.example', 'a.example', 'b.example']) {
    expect(network.note(host, noRoute(host))).toBe(false);
  }
  expect(await network.mayTell(never)).toBe(true);
  expect(network.offline.aborted).toBe(false);
});

test.each([
  ['an answer', null],
  ['a refusal', failed('d.example', 'connect')],
  ['a certificate', failed('d.example', 'tls')],
])('%s from anywhere shows that there is a network: all that waited is told', async (_, sign) => {
  const network = new Network(1e9);
  for (const host of ['a.example', 'b.example', 'c.example']) network.note(host, noName(host));
  const waiting = network.mayTell(never);
  expect(network.note('d.example', sign)).toBe(true);
  expect(await waiting).toBe(true);
  expect(network.note('e.example', noName('e.example'))).toBe(true);
  expect(network.offline.aborted).toBe(false);
});

test('a worker that is stopped before anything is known tells nothing', async () => {
  const network = new Network(1e9);
  network.note('a.example', noName('a.example'));
  expect(await network.mayTell(AbortSignal.abort())).toBe(false);
});

test('a worker to which nothing has happened yet has nothing to wait for beyond its patience', async () => {
  expect(await new Network(0).mayTell(never)).toBe(true);
});
