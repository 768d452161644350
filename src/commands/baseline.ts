import { parseAddress } from '../links/index.ts';
import { identify } from '../platforms/index.ts';
import { readNamed } from './named.ts';
import { type Options, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The links that `--baseline FILE` leaves out, by canonical address: those of a list as `--dump` prints it, or those
 * that were already gone, unreachable or dead in a status.json.
 * @throws UsageError where there is no such file, it can not be read, or it is JSON but no status.json
 */
export async function readBaseline(options: Options, terminal: Pick<Terminal, 'cwd'>): Promise<Set<string>> {
  const name = options.text('baseline');
  if (name === null) return new Set();
  const text = await readNamed(name, terminal);
  if (text === null) throw new UsageError(`--baseline ${name}: there is no such file`);
  const addresses = text.trimStart().startsWith('{') ? rotten(text, name) : dumped(text);
  return new Set(addresses.flatMap(canonical));
}

function dumped(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.slice(line.lastIndexOf(' ') + 1));
}

function rotten(text: string, name: string): string[] {
  let status: unknown;
  try {
    status = JSON.parse(text);
  } catch {
    throw new UsageError(`--baseline ${name}: no valid JSON`);
  }
  if (!isRecord(status) || status.schema !== 'linkark/status@1' || !Array.isArray(status.links))
    throw new UsageError(`--baseline ${name}: neither a list of links nor a status.json of linkark`);
  return status.links.flatMap((link: unknown) => {
    if (!isRecord(link) || typeof link.url !== 'string') return [];
    return link.verdict === 'gone' || link.verdict === 'unreachable' || link.health === 'dead' ? [link.url] : [];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function canonical(text: string): string[] {
  const address = parseAddress(text);
  return address.kind === 'web' ? [identify(address.url).url] : [];
}
