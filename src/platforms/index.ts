import type { Identity, Judgement, Observation } from '../types.ts';
import { judgeBy } from './judge.ts';
import type { Platform } from './platform.ts';
import { registry } from './registry.generated.ts';
import { sharedWalls } from './web/walls.ts';

export type { Manners, Marker, Platform, Visit } from './platform.ts';

/** Every platform, sorted by name; `web` takes what no other claims. */
export const platforms: readonly Platform[] = registry;

const byName = new Map(platforms.map((platform) => [platform.name, platform]));
const byHost = new Map(platforms.flatMap((platform) => platform.hosts.map((host) => [host, platform] as const)));

/** A redirector may wrap a redirector; a longer chain than this is somebody's game. */
const MAX_WRAPS = 4;

/** The platform of that name, or the generic web where there is none (the archive may be older or newer than the code). */
export function platformNamed(name: string): Platform {
  const platform = byName.get(name) ?? byName.get('web');
  if (platform === undefined) throw new Error('no platform "web" in the registry: run the registry generator');
  return platform;
}

/**
 * The page that an http(s) address means: redirectors are opened, the platform that claims the host most exactly is
 * asked first, and what nobody knows belongs to the generic web. Pure; decides on the parsed host name.
 */
export function identify(url: URL): Identity {
  let target = url;
  for (let wraps = 0; wraps < MAX_WRAPS; wraps++) {
    const inner = unwrapOnce(target);
    if (inner === null) break;
    target = inner;
  }
  for (const platform of claimants(target.hostname)) {
    const identity = platform.identify(target);
    if (identity !== null) return identity;
  }
  const identity = platformNamed('web').identify(target);
  if (identity === null) throw new Error(`the generic web must identify every http(s) address: ${target.href}`);
  return identity;
}

function unwrapOnce(url: URL): URL | null {
  for (const platform of claimants(url.hostname)) {
    const inner = platform.unwrap?.(url) ?? null;
    if (inner !== null && (inner.protocol === 'http:' || inner.protocol === 'https:')) return inner;
  }
  return null;
}

/** Platforms that claim this host, the most exact claim first: `mp.example.com`, `.mp.example.com`, `.example.com`. */
function claimants(hostname: string): Platform[] {
  const host = hostname.replace(/\.$/, '').toLowerCase();
  const found = new Set<Platform>();
  const exact = byHost.get(host);
  if (exact !== undefined) found.add(exact);
  for (let rest: string = `.${host}`; rest.length > 1; rest = rest.slice(rest.indexOf('.', 1))) {
    const claimed = byHost.get(rest);
    if (claimed !== undefined) found.add(claimed);
    if (rest.indexOf('.', 1) === -1) break;
  }
  return [...found];
}

/** What an observation means, from the observation alone: its id names the platform, whose rules are data. */
export function judge(observation: Observation): Judgement {
  const platform = platformNamed(observation.id.slice(0, Math.max(0, observation.id.indexOf('/'))));
  return judgeBy(
    observation,
    { name: platform.name, markers: [...platform.markers, ...sharedWalls], statuses: platform.statuses ?? {} },
    identify,
  );
}
