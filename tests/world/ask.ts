import { readFileSync } from 'node:fs';
import { ProxyAgent, request } from 'undici';
import type { World } from './world.ts';

/** What one plain request through the stand-in web's proxy brought. */
export interface Asked {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface AskOptions {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds without a byte after which it fails. */
  timeout?: number;
  /** Tunnel plain HTTP too. */
  tunnel?: boolean;
}

/** Asks one address in the stand-in web as a client without any cleverness does; throws what undici throws. */
export async function ask(world: World, url: string, options: AskOptions = {}): Promise<Asked> {
  const timeout = options.timeout ?? 5000;
  const dispatcher = new ProxyAgent({
    uri: world.proxy,
    requestTls: { ca: readFileSync(world.ca, 'utf8') },
    proxyTunnel: options.tunnel ?? false,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });
  try {
    const answer = await request(url, {
      dispatcher,
      method: options.method ?? 'GET',
      headers: options.headers ?? {},
      ...(options.body === undefined ? {} : { body: options.body }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) };
  } finally {
    await dispatcher.destroy();
  }
}
