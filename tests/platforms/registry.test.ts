import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { platformFolders, registrySource } from '../../scripts/generate-registry.ts';
import { identify, platformNamed, platforms } from '../../src/platforms/index.ts';

it('the registry is what the generator would write', () => {
  const file = new URL('../../src/platforms/registry.generated.ts', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(registrySource(platformFolders()));
});

it('a platform is named like its folder', () => {
  expect(platforms.map((platform) => platform.name)).toEqual(platformFolders());
});

it('an unknown name means the generic web', () => {
  expect(platformNamed('no-such-platform').name).toBe('web');
});

it('redirectors inside redirectors are opened, a ring of them ends', () => {
  const link = (target: string): string => `https://link.zhihu.com/?target=${encodeURIComponent(target)}`;
  expect(identify(new URL(link(link('https://example.org/a')))).platform).toBe('web');
  expect(identify(new URL(link(link('https://zhuanlan.zhihu.com/p/12')))).key).toBe('p-12');
  let ring = 'https://example.org/';
  for (let turn = 0; turn < 20; turn++) ring = link(ring);
  expect(identify(new URL(ring)).platform).toBe('web');
});

it('a wrapped address that is not of the web is not followed', () => {
  for (const target of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x']) {
    const identity = identify(new URL(`https://link.zhihu.com/?target=${encodeURIComponent(target)}`));
    expect(identity.url).toMatch(/^https?:/);
  }
});
