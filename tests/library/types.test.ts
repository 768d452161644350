import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type ArchiveErrorCode,
  type CheckOptions,
  type CheckResult,
  type Configuration,
  check,
  type HostConfiguration,
  type LinkStatus,
  type ReadableArchive,
  type Reason,
  readArchive,
  type Status,
  type StoredPage,
  type Verdict,
} from '../../src/index.ts';

test('the two functions and what they give', () => {
  expectTypeOf(check).parameters.toEqualTypeOf<[options?: CheckOptions | undefined]>();
  expectTypeOf(check).returns.resolves.toEqualTypeOf<CheckResult>();
  expectTypeOf(readArchive).parameters.toEqualTypeOf<[dir: string]>();
  expectTypeOf(readArchive).returns.resolves.toEqualTypeOf<ReadableArchive>();
  expectTypeOf<ReadableArchive['status']>().returns.resolves.toEqualTypeOf<Status | null>();
  expectTypeOf<ReadableArchive['page']>().returns.resolves.toEqualTypeOf<StoredPage | null>();
});

test('the closed lists are unions', () => {
  expectTypeOf<LinkStatus['verdict']>().toEqualTypeOf<Verdict>();
  expectTypeOf<Verdict>().toEqualTypeOf<
    'alive' | 'moved' | 'drifted' | 'gone' | 'blocked' | 'unclear' | 'unreachable' | 'skipped'
  >();
  expectTypeOf<'deleted-by-author'>().toExtend<Reason>();
  expectTypeOf<'archive/locked'>().toExtend<ArchiveErrorCode>();
});

test('durations, sizes and levels are checked as they are written', () => {
  expectTypeOf<{ timeout: '30s'; maxBody: '32MiB'; failOn: 'dead' }>().toExtend<CheckOptions>();
  expectTypeOf<{ timeout: '30 seconds' }>().not.toExtend<CheckOptions>();
  expectTypeOf<{ timeout: 30 }>().not.toExtend<CheckOptions>();
  expectTypeOf<{ failOn: 'sometimes' }>().not.toExtend<CheckOptions>();
});

type Keys<T> = Record<keyof T, true>;
const CONFIGURATION: Keys<Configuration> = {
  sources: true,
  include: true,
  exclude: true,
  excludePath: true,
  remap: true,
  filesFrom: true,
  baseline: true,
  includeFragments: true,
  due: true,
  maxConcurrency: true,
  hostConcurrency: true,
  hostRequestInterval: true,
  timeout: true,
  maxRetries: true,
  retryWaitTime: true,
  maxRedirects: true,
  maxBody: true,
  userAgent: true,
  header: true,
  cookies: true,
  ca: true,
  insecure: true,
  allowPrivate: true,
  robots: true,
  timeBudget: true,
  archive: true,
  store: true,
  noSnapshots: true,
  noImages: true,
  noWarc: true,
  suggest: true,
  format: true,
  output: true,
  lang: true,
  noProgress: true,
  quiet: true,
  verbose: true,
  failOn: true,
  health: true,
  budget: true,
  pace: true,
  wayback: true,
  secondOpinion: true,
  hosts: true,
};
const HOST: Keys<HostConfiguration> = {
  concurrency: true,
  interval: true,
  timeout: true,
  headers: true,
  cookies: true,
  language: true,
};
const SECTIONS: {
  [K in 'health' | 'budget' | 'pace' | 'wayback' | 'secondOpinion']: Keys<NonNullable<Configuration[K]>>;
} = {
  health: { explicitCount: true, explicitHours: true, failureCount: true, failureHours: true, sightingHours: true },
  budget: { run: true, archive: true, file: true },
  pace: { retryAfterCap: true, due: true, restAfter: true },
  wayback: { api: true, interval: true },
  secondOpinion: { proxy: true },
};

interface ObjectSchema {
  properties: Record<string, ObjectSchema>;
  additionalProperties?: ObjectSchema;
}

test('the type of the configuration has the very keys of its schema', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../linkark.config.schema.json', import.meta.url), 'utf8'),
  ) as ObjectSchema;
  const names = (part: ObjectSchema | undefined) => Object.keys(part?.properties ?? {}).sort();
  expect(Object.keys(CONFIGURATION).sort()).toEqual(names(schema).filter((name) => name !== '$schema'));
  expect(Object.keys(HOST).sort()).toEqual(names(schema.properties.hosts?.additionalProperties));
  for (const [name, keys] of Object.entries(SECTIONS)) {
    expect(Object.keys(keys).sort(), name).toEqual(names(schema.properties[name]));
  }
});
