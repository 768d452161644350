import type net from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { Connections } from '../../src/fetch/connections.ts';
import { secureContextWith } from '../../src/fetch/tls.ts';
import { closeWorld, tcpServer } from './world.ts';

afterAll(closeWorld);

describe('idle connections', () => {
  const limits = { maxHeaderSize: 10_000, keepAliveMs: 10_000 };

  async function opener(connections: Connections) {
    const server = await tcpServer((socket: net.Socket) => socket.resume());
    return async (origin: string) => {
      const url = new URL(server.url);
      const route = {
        url,
        proxy: null,
        allowPrivate: true,
        insecure: false,
        context: secureContextWith([]),
        resolve: null,
      };
      const opened = await connections.open(origin, route, { stop: null });
      if ('fault' in opened) throw new Error(opened.fault.failure.detail);
      return opened;
    };
  }

  it('are lent again to their own origin only', async () => {
    const connections = new Connections(limits);
    const open = await opener(connections);
    const connection = await open('http://a.example');
    connections.giveBack(connection);
    expect(connections.lend('https://a.example')).toBeNull();
    expect(connections.lend('http://a.example')).toBe(connection);
    expect(connections.lend('http://a.example')).toBeNull();
    connections.giveBack(connection);
    connections.closeHost('a.example');
    expect(connection.socket.destroyed).toBe(true);
    expect(connections.lend('http://a.example')).toBeNull();
  });

  it('are closed where there are too many, the longest idle first', async () => {
    const connections = new Connections(limits);
    const open = await opener(connections);
    const all = [];
    for (let n = 0; n < 1002; n += 1) {
      const connection = await open(`http://h${n}.example`);
      connections.giveBack(connection);
      all.push(connection);
    }
    expect(all.map(({ socket }) => socket.destroyed).indexOf(false)).toBe(2);
    connections.close();
    expect(all.every(({ socket }) => socket.destroyed)).toBe(true);
  });

  it('that the server has closed are not lent', async () => {
    const connections = new Connections(limits);
    const open = await opener(connections);
    const connection = await open('http://a.example');
    connections.giveBack(connection);
    connection.socket.destroy();
    expect(connections.lend('http://a.example')).toBeNull();
  });
});
