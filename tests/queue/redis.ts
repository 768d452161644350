import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, listening } from '../servers.ts';

const program = (process.env.PATH ?? '/usr/bin')
  .split(':')
  .map((folder) => join(folder, 'redis-server'))
  .find((path) => existsSync(path));

/** Why tests with a real Redis are skipped here; null where they run. */
export const noRedis = program === undefined ? 'redis-server is not installed' : null;

export interface RedisServer {
  url: string;
  port: number;
  stop(): void;
}

/** A Redis of its own on a free port, which keeps nothing. */
export async function startRedis(password?: string): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'linkark-redis-'));
  const port = await freePort();
  const secret = password === undefined ? [] : ['--requirepass', password];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...secret];
  const child: ChildProcess = spawn(program ?? '', args, { cwd: folder, stdio: 'ignore' });
  await listening(port);
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    port,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
