import type { Page } from './page.ts';

/** What a page says about itself. */
export interface Metadata {
  title: string | null;
  author: string | null;
  published: string | null;
  updated: string | null;
  language: string | null;
  /** Canonical address, absolute. */
  canonical: string | null;
  siteName: string | null;
  description: string | null;
}

/** Reads what the page says about itself. */
export function readMetadata(page: Page): Metadata {
  const $ = page.$;
  const meta = (name: string): string | null =>
    $(`meta[property="${name}"], meta[name="${name}"]`).first().attr('content')?.trim() || null;
  return {
    title: meta('og:title') ?? ($('title').first().text().trim() || null),
    author: meta('author'),
    published: meta('article:published_time'),
    updated: meta('article:modified_time'),
    language: $('html').attr('lang')?.trim() || null,
    canonical: $('link[rel="canonical"]').attr('href') ?? null,
    siteName: meta('og:site_name'),
    description: meta('description'),
  };
}
