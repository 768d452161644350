import type { Redis } from 'ioredis';
import type { Gate, LaneRules, Pass } from '../fetch/index.ts';
import type { Failure } from '../types.ts';
import type { Keys } from './keys.ts';
import { Script } from './script.ts';

/** How long Redis remembers a host that nobody asks any more: longer than any interval. */
const FORGET_MS = 24 * 3_600_000;

/** How soon a host is looked at again whose request is just being started, or which has enough under way. */
const STARTING_MS = 15;
const BUSY_MS = 50;

/** Stands for the rest of the run. */
const FOR_EVER = 9_000_000_000_000_000;

const CLOCK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
`;

/**
 * May a request begin? A host has one that is starting (a turn is given out, nothing on the wire yet), some that are
 * under way, and the time before which no other may start. What a worker holds that has gone silent counts no more;
 * but its last request may have been sent that very moment, so the host then gets its interval first.
 * KEYS host busy rests workers; ARGV token concurrency interval name forget
 */
const ENTER = new Script(`${CLOCK}
local function alive(token)
  local till = redis.call('ZSCORE', KEYS[4], string.match(token, '^[^/]*'))
  return till and tonumber(till) > now
end
local rest = redis.call('HGET', KEYS[3], ARGV[4])
if rest then
  local till = tonumber(string.match(rest, '^%d+'))
  if till > now then return { 'rest', string.format('%.0f', till - now), string.match(rest, ' (.*)$') } end
  redis.call('HDEL', KEYS[3], ARGV[4])
end
local nextStart = tonumber(redis.call('HGET', KEYS[1], 'next') or 0)
local starter = redis.call('HGET', KEYS[1], 'starter')
if starter then
  if alive(starter) then return { 'starting' } end
  redis.call('HDEL', KEYS[1], 'starter')
  nextStart = math.max(nextStart, now + ARGV[3])
  redis.call('HSET', KEYS[1], 'next', string.format('%.3f', nextStart))
end
if nextStart > now then return { 'wait', string.format('%.3f', nextStart - now) } end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[2]) then
  for _, token in ipairs(redis.call('SMEMBERS', KEYS[2])) do
    if not alive(token) then redis.call('SREM', KEYS[2], token) end
  end
  if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[2]) then return { 'busy' } end
end
redis.call('HSET', KEYS[1], 'starter', ARGV[1])
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return { 'go' }
`);

/** A request is sent or over, or a host is to be left alone. KEYS host busy; ARGV token wait ('sent' or 'end' or 'hold') forget */
const NOTE = new Script(`${CLOCK}
local nextStart = math.max(tonumber(redis.call('HGET', KEYS[1], 'next') or 0), now + ARGV[2])
redis.call('HSET', KEYS[1], 'next', string.format('%.3f', nextStart))
if redis.call('HGET', KEYS[1], 'starter') == ARGV[1] then redis.call('HDEL', KEYS[1], 'starter') end
if ARGV[3] == 'end' then redis.call('SREM', KEYS[2], ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], math.max(ARGV[4], nextStart - now))
`);

/** KEYS rests; ARGV name wait failure */
const REST = new Script(`${CLOCK}
local till = math.min(now + ARGV[2], ${FOR_EVER})
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(string.match(known, '^%d+')) >= till then return end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', till) .. ' ' .. ARGV[3])
`);

/** A worker says that it is there. KEYS workers; ARGV worker lease */
const BEAT = new Script(`${CLOCK}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60000)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
`);

/** How many workers are there. KEYS workers */
const COUNT = new Script(`${CLOCK}
return redis.call('ZCOUNT', KEYS[1], now, '+inf')
`);

/** Has Redis learn the scripts of the gate. */
export async function loadGate(redis: Redis): Promise<void> {
  await Promise.all([ENTER, NOTE, REST, BEAT].map((script) => script.load(redis)));
}

/** Says that a worker is there for the next `lease` milliseconds. */
export async function beat(redis: Redis, keys: Keys, worker: string, lease: number): Promise<void> {
  await BEAT.run(redis, [keys.workers], [worker, lease]);
}

/** How many workers are there now. */
export async function countWorkers(redis: Redis, keys: Keys): Promise<number> {
  return Number(await COUNT.run(redis, [keys.workers], []));
}

/** The pace of hosts in Redis, by Redis' own clock: the same for all workers, whatever run they work on. */
export class RedisGate implements Gate {
  readonly #redis: Redis;
  readonly #keys: Keys;
  readonly #run: string;
  readonly #worker: string;
  readonly #failed: (error: unknown) => void;
  #count = 0;

  /**
   * @param run whose rests are kept: a host that has had enough rests for one run
   * @param failed told where Redis did not take what was to be noted
   */
  constructor(redis: Redis, keys: Keys, run: string, worker: string, failed: (error: unknown) => void) {
    this.#redis = redis;
    this.#keys = keys;
    this.#run = run;
    this.#worker = worker;
    this.#failed = failed;
  }

  async enter(host: string, rules: LaneRules): ReturnType<Gate['enter']> {
    const token = `${this.#worker}/${this.#count++}`;
    const answer = await ENTER.run(
      this.#redis,
      [this.#keys.host(host), this.#keys.busy(host), this.#keys.rests(this.#run), this.#keys.workers],
      [token, rules.concurrency, Math.ceil(rules.intervalMs), host, FORGET_MS],
    );
    const [word, amount, words]: unknown[] = Array.isArray(answer) ? answer : [];
    if (word === 'go') return { pass: this.#pass(host, token) };
    if (word === 'wait') return { waitMs: Math.ceil(Number(amount)) };
    if (word === 'rest') {
      const ms = Number(amount);
      return { rest: JSON.parse(String(words)), ms: ms > FOR_EVER / 2 ? Number.POSITIVE_INFINITY : ms };
    }
    return { waitMs: word === 'busy' ? BUSY_MS : STARTING_MS };
  }

  hold(host: string, ms: number): void {
    this.#note(host, '', ms, 'hold');
  }

  rest(host: string, failure: Failure, ms: number): void {
    const wait = Math.max(0, Math.min(ms, FOR_EVER));
    REST.run(this.#redis, [this.#keys.rests(this.#run)], [host, wait, JSON.stringify(failure)]).catch(this.#failed);
  }

  #pass(host: string, token: string): Pass {
    return {
      sent: (nextMs) => this.#note(host, token, nextMs, 'sent'),
      end: (nextMs) => this.#note(host, token, nextMs, 'end'),
    };
  }

  #note(host: string, token: string, waitMs: number, what: 'sent' | 'end' | 'hold'): void {
    const wait = Math.max(0, waitMs).toFixed(3);
    const keys = [this.#keys.host(host), this.#keys.busy(host)];
    NOTE.run(this.#redis, keys, [token, wait, what, FORGET_MS]).catch(this.#failed);
  }
}
