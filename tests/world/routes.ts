import type { Responder } from './answers.ts';
import type { CertificateFault } from './certificates.ts';

/** Faults of a whole host. */
export interface HostRules {
  certificate?: CertificateFault;
  /**
   * `dead-dns` and `closed`: the proxy answers 502 and says why in Proxy-Status; `hang`: it never answers.
   * Hosts that nobody registered are refused with a bare 502.
   */
  connect?: 'dead-dns' | 'closed' | 'hang';
}

/** Is `host` meant by `pattern`: the name itself, or with a leading `*.` any name below it? */
export function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host;
}

export interface Routes {
  add(pattern: string, responder: Responder): void;
  find(url: URL): Responder | null;
  /** Does anybody answer for this host? */
  knows(host: string): boolean;
}

const hostOf = (pattern: string): string => {
  const [, host = pattern] = /^https?:\/\/(\[[^\]]*\]|[^/:?#*]*)/.exec(pattern) ?? [];
  return host.replace(/^\[|\]$/g, '');
};

/** Who answers for which address; see `World.on` for the patterns. */
export function createRoutes(): Routes {
  const exact = new Map<string, Responder>();
  const prefixes: { prefix: string; responder: Responder }[] = [];
  const hosts: { pattern: string; responder: Responder }[] = [];
  const names = new Set<string>();
  const wild = new Set<string>();

  return {
    add(pattern, responder) {
      const host = hostOf(pattern);
      (host.startsWith('*.') ? wild : names).add(host);
      if (!pattern.includes('://')) hosts.push({ pattern, responder });
      else if (pattern.endsWith('*')) prefixes.push({ prefix: pattern.slice(0, -1), responder });
      else exact.set(withoutHash(new URL(pattern)), responder);
    },
    find(url) {
      const href = withoutHash(url);
      const whole = exact.get(href);
      if (whole !== undefined) return whole;
      let best: { prefix: string; responder: Responder } | null = null;
      for (const route of prefixes) {
        if (href.startsWith(route.prefix) && route.prefix.length >= (best?.prefix.length ?? 0)) best = route;
      }
      if (best !== null) return best.responder;
      const name = url.hostname.replace(/^\[|\]$/g, '');
      return hosts.findLast((route) => hostMatches(route.pattern, name))?.responder ?? null;
    },
    knows: (host) => names.has(host) || [...wild].some((pattern) => hostMatches(pattern, host)),
  };
}

function withoutHash(url: URL): string {
  return url.hash === '' ? url.href : url.href.slice(0, -url.hash.length);
}
