import type { DataKind } from '../data.ts';
import { rootPath } from './dom.ts';

const arrived = new Map<string, unknown>();
const waiting = new Map<string, Promise<unknown>>();

/** Takes over from the boot script: what it held, and all that comes from now on. */
export function openDelivery(): void {
  const held = window.__linkark?.held ?? [];
  window.__linkark = (kind, key, value) => {
    arrived.set(`${kind}:${key}`, value);
  };
  for (const [kind, key, value] of held) window.__linkark(kind, key, value);
}

/** Data that is already here; undefined where it is not. */
export function delivered(kind: DataKind, key: number | string): unknown {
  return arrived.get(`${kind}:${key}`);
}

/** Lets go of data that was delivered. */
export function forget(kind: DataKind, key: number | string): void {
  arrived.delete(`${kind}:${key}`);
}

/** Data from a file below archive/, loaded as a script where it is not here yet. Undefined where the file is missing. */
export function deliver(kind: DataKind, key: number | string, path: string): Promise<unknown> {
  const name = `${kind}:${key}`;
  if (arrived.has(name)) return Promise.resolve(arrived.get(name));
  const known = waiting.get(name);
  if (known !== undefined) return known;
  const coming = new Promise<unknown>((resolve) => {
    const script = document.createElement('script');
    const done = () => {
      script.remove();
      waiting.delete(name);
      resolve(arrived.get(name));
    };
    script.addEventListener('load', done);
    script.addEventListener('error', done);
    script.src = rootPath() + path;
    document.head.append(script);
  });
  waiting.set(name, coming);
  return coming;
}
