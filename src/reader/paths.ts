/** Path of a link's page below archive/, or of one of its earlier versions, or of a version's differences. */
export function articlePath(id: string, version?: string, kind: 'page' | 'diff' = 'page'): string {
  if (version === undefined) return `articles/${id}.html`;
  return `articles/${id}/${version}${kind === 'diff' ? '.diff' : ''}.html`;
}

/** Where the parts of the reader lie below archive/. */
export const DASHBOARD = 'reader/dashboard.html';
export const LIST_META = 'reader/list/meta.js';
export const SEARCH_DIRECTORY = 'reader/search/directory.js';

/** A shard of the list's data. */
export function listShardPath(shard: number): string {
  return `reader/list/${shard}.js`;
}

/** A shard of the search index. */
export function searchShardPath(shard: number): string {
  return `reader/search/${shard}.js`;
}

/** The plain list from its second page on; the first is index.html. */
export function listPagePath(page: number): string {
  return page === 0 ? 'index.html' : `articles/list-${page + 1}.html`;
}
