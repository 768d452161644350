import { jsonAt } from '../sight.ts';
import { databaseHtml } from './database.ts';
import { isKept, pictureAddress } from './pictures.ts';
import { type Block, entries, property, type Records, strings, text } from './records.ts';
import { foreignObject, formula, html, plain, richHtml, titleOf } from './richtext.ts';
import { childrenOf, databaseOf } from './tree.ts';

/** Deeper nesting than anyone writes; what lies below is left out. */
const MAX_DEPTH = 30;

interface Scope {
  readonly records: Records;
  readonly pageId: string;
  /** Blocks on the way to this one, so that synced blocks can not go round in circles. */
  readonly open: ReadonlySet<string>;
}

/** The content of a page as HTML, made from its blocks. Depth is bounded, circles are cut. */
export function pageHtml(page: Block, records: Records): string {
  const scope: Scope = { records, pageId: page.id, open: new Set([page.id]) };
  const database = databaseOf(records, page, page.id);
  const table = database === null ? '' : databaseHtml(database, records);
  return table + childrenHtml(page, scope);
}

function childrenHtml(block: Block, scope: Scope): string {
  if (scope.open.size > MAX_DEPTH) return '';
  const children = childrenOf(block)
    .filter((id) => !scope.open.has(id))
    .flatMap((id) => scope.records.blocks.get(id) ?? [])
    .filter((child) => child.alive);
  return runs(children)
    .map(([first, ...rest]) => {
      const list = LISTS[first.type];
      if (list === undefined) return blockHtml(first, scope);
      return `<${list}${start(first)}>${[first, ...rest].map((item) => itemHtml(item, scope)).join('')}</${list}>`;
    })
    .join('');
}

const LISTS: Readonly<Record<string, string>> = { bulleted_list: 'ul', numbered_list: 'ol', to_do: 'ul' };

/** Neighbours of one kind make one list; every other block stands by itself. */
function runs(blocks: readonly Block[]): [Block, ...Block[]][] {
  const found: [Block, ...Block[]][] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (last !== undefined && block.type in LISTS && last[0].type === block.type) last.push(block);
    else found.push([block]);
  }
  return found;
}

function start(block: Block): string {
  const index = jsonAt(block.raw, 'format.list_start_index');
  return block.type === 'numbered_list' && typeof index === 'number' && index > 1
    ? ` start="${Math.floor(index)}"`
    : '';
}

function itemHtml(block: Block, scope: Scope): string {
  const checked = plain(jsonAt(block.raw, 'properties.checked')) === 'Yes' ? ' checked' : '';
  const box = block.type === 'to_do' ? `<input type="checkbox"${checked}> ` : '';
  return `<li>${box}${title(block, scope)}${inner(block, scope)}</li>`;
}

function title(block: Block, { records }: Scope): string {
  return richHtml(jsonAt(block.raw, 'properties.title'), records);
}

function inner(block: Block, scope: Scope): string {
  return childrenHtml(block, { ...scope, open: new Set([...scope.open, block.id]) });
}

const HEADINGS: Readonly<Record<string, string>> = {
  header: 'h2',
  sub_header: 'h3',
  sub_sub_header: 'h4',
  header_4: 'h5',
};
const SILENT = new Set(['table_of_contents', 'breadcrumb', 'factory', 'button', 'template', 'automation', 'ai_block']);

function blockHtml(block: Block, scope: Scope): string {
  const { type } = block;
  const heading = HEADINGS[type];
  if (heading !== undefined) return `<${heading}>${title(block, scope)}</${heading}>${inner(block, scope)}`;
  if (SILENT.has(type)) return '';
  const draw = DRAW[type];
  return draw === undefined ? paragraph(block, scope) : draw(block, scope);
}

function paragraph(block: Block, scope: Scope): string {
  return `<p>${title(block, scope)}</p>${inner(block, scope)}`;
}

type Draw = (block: Block, scope: Scope) => string;

const DRAW: Readonly<Record<string, Draw>> = {
  toggle: (block, scope) => `<details><summary>${title(block, scope)}</summary>${inner(block, scope)}</details>`,
  quote: (block, scope) => `<blockquote><p>${title(block, scope)}</p>${inner(block, scope)}</blockquote>`,
  callout: (block, scope) => `<blockquote><p>${title(block, scope)}</p>${inner(block, scope)}</blockquote>`,
  divider: () => '<hr>',
  column_list: (block, scope) => `<div>${inner(block, scope)}</div>`,
  column: (block, scope) => `<div>${inner(block, scope)}</div>`,
  code,
  equation: (block) => {
    const tex = plain(jsonAt(block.raw, 'properties.title'));
    return tex === null ? '' : formula(tex, true);
  },
  image,
  table,
  page: link,
  alias: link,
  link_to_page: link,
  collection_view_page: link,
  collection_view: (block, scope) => {
    const database = databaseOf(scope.records, block, scope.pageId);
    return database === null ? '' : databaseHtml(database, scope.records);
  },
  bookmark: embed,
  video: embed,
  audio: embed,
  file: embed,
  pdf: embed,
  embed,
  tweet: embed,
  gist: embed,
  figma: embed,
  maps: embed,
  drive: embed,
  codepen: embed,
  loom: embed,
  miro: embed,
  typeform: embed,
  replit: embed,
  excalidraw: embed,
  external_object_instance: embed,
};

function code(block: Block, scope: Scope): string {
  const words = plain(jsonAt(block.raw, 'properties.language')) ?? 'Plain Text';
  const language = words.toLowerCase().replaceAll(' ', '-');
  const name = /^(?!plain)[\w+#.-]+$/.test(language) ? ` class="language-${language}"` : '';
  const source = plain(jsonAt(block.raw, 'properties.title')) ?? '';
  return `<pre><code${name}>${html(source)}</code></pre>${caption(block, scope)}`;
}

function caption(block: Block, { records }: Scope): string {
  const words = richHtml(jsonAt(block.raw, 'properties.caption'), records);
  return words === '' ? '' : `<p>${words}</p>`;
}

function image(block: Block, { records }: Scope): string {
  const source = plain(jsonAt(block.raw, 'properties.source')) ?? text(block.raw, 'format.display_source');
  const url = source === null ? null : pictureAddress(source, block.id);
  if (url === null) return '';
  const words = richHtml(jsonAt(block.raw, 'properties.caption'), records);
  const alt = plain(jsonAt(block.raw, 'properties.alt_text')) ?? plain(jsonAt(block.raw, 'properties.caption')) ?? '';
  const below = words === '' ? '' : `<figcaption>${words}</figcaption>`;
  return `<figure><img src="${html(url)}" alt="${html(alt)}">${below}</figure>`;
}

/** A simple table; the first row and the first column are headings where the format says so. */
function table(block: Block, { records }: Scope): string {
  const columns = strings(jsonAt(block.raw, 'format.table_block_column_order'));
  const headRow = jsonAt(block.raw, 'format.table_block_column_header') === true;
  const headColumn = jsonAt(block.raw, 'format.table_block_row_header') === true;
  const rows = block.content.flatMap((id) => records.blocks.get(id) ?? []).filter((row) => row.alive);
  const lines = rows.map((row, line) => {
    const properties = jsonAt(row.raw, 'properties');
    const names = columns.length > 0 ? columns : entries(properties).map(([name]) => name);
    const cells = names.map((name, at) => {
      const tag = (headRow && line === 0) || (headColumn && at === 0) ? 'th' : 'td';
      return `<${tag}>${richHtml(property(properties, name), records)}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table>${lines.join('')}</table>`;
}

/** Another page, as a link with its title. */
function link(block: Block, { records }: Scope): string {
  const target = text(block.raw, 'format.alias_pointer.id') ?? block.id;
  const name = titleOf(target, records) ?? titleOf(block.id, records);
  if (name === null) return '';
  return `<p><a href="https://www.notion.so/${target.replaceAll('-', '')}">${html(name)}</a></p>`;
}

/** What only lives elsewhere: named with its address. */
function embed(block: Block): string {
  const raw = block.raw;
  const foreign = foreignObject(block);
  const url =
    plain(jsonAt(raw, 'properties.link')) ??
    plain(jsonAt(raw, 'properties.source')) ??
    foreign?.url ??
    text(raw, 'format.display_source');
  if (url === null) return '';
  const name =
    plain(jsonAt(raw, 'properties.title')) ??
    foreign?.words ??
    text(raw, 'format.link_title') ??
    plain(jsonAt(raw, 'properties.caption'));
  const open = /^https?:/.test(url) && !isKept(url);
  const file = open ? url : url.replace(/\?.*$/, '').replace(/^.*[/:]/, '');
  return `<x-embed data-url="${html(open ? url : fileAddress(block))}" data-text="${html(name ?? file)}"></x-embed>`;
}

/** A file kept by Notion: its signed address expires within the hour, so the block it stands in is named. */
function fileAddress(block: Block): string {
  const parent = text(block.raw, 'parent_id') ?? block.id;
  return `https://www.notion.so/${parent.replaceAll('-', '')}#${block.id.replaceAll('-', '')}`;
}
