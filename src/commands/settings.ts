import { THRESHOLDS } from '../health/index.ts';

/** A setting that has no flag: a key of linkark.config.json, below a section. */
export interface Setting {
  readonly type: 'duration' | 'size' | 'integer' | 'number' | 'text' | 'url' | 'headers';
  readonly help: string;
  /** As one would write it; null where it has none. */
  readonly default: string | number | null;
}

/** Sections of the configuration and their settings. */
export const SECTIONS = {
  health: {
    explicitCount: {
      type: 'integer',
      default: THRESHOLDS.explicitCount,
      help: "sightings of a site's own words that are enough for dead",
    },
    explicitHours: {
      type: 'number',
      default: THRESHOLDS.explicitHours,
      help: 'least hours between the first and the last of them',
    },
    failureCount: {
      type: 'integer',
      default: THRESHOLDS.failureCount,
      help: 'other failures in a row that are enough for dead',
    },
    failureHours: {
      type: 'number',
      default: THRESHOLDS.failureHours,
      help: 'least hours between the first and the last of them',
    },
    sightingHours: {
      type: 'number',
      default: THRESHOLDS.sightingHours,
      help: 'failures closer together than this are one',
    },
  },
  budget: {
    run: { type: 'size', default: null, help: 'most bytes of pictures kept in one run' },
    archive: { type: 'size', default: '900MiB', help: 'most bytes of the whole archive' },
    file: { type: 'size', default: '50MiB', help: 'largest single file kept' },
  },
  pace: {
    retryAfterCap: { type: 'duration', default: '5m', help: 'longest Retry-After that is waited for within a run' },
    due: { type: 'duration', default: '168h', help: 'how long --due leaves a healthy link alone' },
    restAfter: { type: 'integer', default: 6, help: 'walls or 429 in a row after which a host rests for the run' },
  },
  wayback: {
    api: {
      type: 'url',
      default: 'https://archive.org/wayback/available',
      help: 'the availability API that --suggest asks',
    },
    interval: { type: 'duration', default: '1s', help: 'least time between two questions to it' },
  },
  secondOpinion: {
    proxy: {
      type: 'text',
      default: null,
      help: 'a proxy through which a link is asked once more before it is called dead',
    },
  },
} as const satisfies Record<string, Record<string, Setting>>;

/** Settings for one host, below `hosts.<name>` (`.example.org` means that domain and every host below it). */
export const HOST_SETTINGS = {
  concurrency: { type: 'integer', default: null, help: 'requests under way at once' },
  interval: { type: 'duration', default: null, help: 'least time between two requests' },
  timeout: { type: 'duration', default: null, help: 'longest time for one answer' },
  headers: { type: 'headers', default: null, help: 'headers to send' },
  cookies: { type: 'text', default: null, help: 'a cookies.txt for this host' },
  language: { type: 'text', default: null, help: 'the Accept-Language header' },
} as const satisfies Record<string, Setting>;

type ValueOf<S extends Setting> = S['type'] extends 'text' | 'url'
  ? string
  : S['type'] extends 'headers'
    ? Record<string, string>
    : number;

type SectionValues<S extends Record<string, Setting>> = {
  -readonly [K in keyof S]: ValueOf<S[K]> | (S[K]['default'] extends null ? null : never);
};

/** The settings of one run: durations in milliseconds, sizes in bytes. */
export type Settings = { [K in keyof typeof SECTIONS]: SectionValues<(typeof SECTIONS)[K]> } & {
  sources: string[];
  hosts: Record<string, Partial<{ [K in keyof typeof HOST_SETTINGS]: ValueOf<(typeof HOST_SETTINGS)[K]> | null }>>;
};
