import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A script that Redis runs in one piece. */
export class Script {
  readonly #lua: string;
  readonly #sha: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#sha = createHash('sha1').update(lua).digest('hex');
  }

  /** Has Redis learn it, so that `run` keeps the order of calls. */
  async load(redis: Redis): Promise<void> {
    await redis.script('LOAD', this.#lua);
  }

  /** Runs it; texts come back as strings and numbers as integers. */
  async run(redis: Redis, keys: readonly string[], values: readonly (string | number | Buffer)[]): Promise<unknown> {
    try {
      return await redis.evalsha(this.#sha, keys.length, ...keys, ...values);
    } catch (error) {
      // A Redis that was restarted has forgotten it.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(this.#lua, keys.length, ...keys, ...values);
    }
  }
}
