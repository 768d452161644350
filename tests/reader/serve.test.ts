import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentType, respond } from '../../src/reader/serve.ts';
import { runs } from '../property.ts';

describe('serving the archive', () => {
  it('gives files with their types', () => {
    expect(respond('/')).toMatchObject({ status: 200, file: 'index.html' });
    expect(respond('/reader/reader.js?x=1#y')).toMatchObject({ status: 200, file: 'reader/reader.js' });
    expect(respond('/articles/%E7%9B%AE.html').file).toBe('articles/目.html');
    expect(respond('/articles/web/x.html').headers['content-type']).toBe('text/html; charset=utf-8');
    expect(respond('/articles/web/x.html?script').headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(respond('/pages/web/x/page.html?script').headers['content-type']).toBe('text/html; charset=utf-8');
    expect(contentType('a/b.JPG')).toBe('image/jpeg');
    expect(contentType('constructor')).toBe('application/octet-stream');
  });

  it.each([
    '/../etc/passwd',
    '/%2e%2e/x',
    '/a/..%2f..%2fx',
    '/..\\x',
    '/%5c..%5cx',
    '/.git/config',
    '/a//b',
    '/C:/x',
    '/%00',
    '/%',
    '/%252e%252e/x',
    'http://x/',
    '',
  ])('refuses %s', (target) => {
    expect(respond(target)).toMatchObject({ status: 400, file: null });
  });

  it('never leads out of the archive', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const { file } = respond(`/${path}`);
        expect(file === null || !/(?:^|\/)\.\.?(?:\/|$)|^\/|\\/.test(file)).toBe(true);
      }),
      runs(300),
    );
  });

  it('answers only to names of this machine, and only to reading', () => {
    expect(respond('/', 'GET', 'evil.example').status).toBe(421);
    expect(respond('/', 'GET', 'localhost:8080').status).toBe(200);
    expect(respond('/', 'POST').status).toBe(405);
  });

  it('lets nothing foreign run', () => {
    expect(respond('/pages/web/x/page.html').headers['content-security-policy']).toContain('sandbox');
    expect(respond('/assets/ab/x.svg').headers['content-security-policy']).not.toContain('script-src');
    expect(respond('/index.html').headers['content-security-policy']).not.toContain('unsafe');
    expect(respond('/x').headers['x-content-type-options']).toBe('nosniff');
  });
});
