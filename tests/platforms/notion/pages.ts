/** Notion's answers in their real shape, with our own words. */

export const PAGE = '067dd719-0000-4000-8000-00000000000a';
export const ID = '067dd719000040008000' + '00000000000a';
const SPACE = 'fde5ac74-0000-4000-8000-000000000001';

/** A dashed id that ends in a number. */
export function id(number: number): string {
  return `11111111-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

interface Fields {
  readonly [name: string]: unknown;
}

export type Nesting = 'flat' | 'nested';

/** A record in one of the two nestings. */
function record(value: Fields, nesting: Nesting = 'flat'): unknown {
  return nesting === 'flat' ? { role: 'reader', value } : { spaceId: SPACE, value: { value, role: 'reader' } };
}

export function block(key: string, type: string, fields: Fields = {}): Fields {
  return {
    id: key,
    type,
    alive: true,
    space_id: SPACE,
    created_time: 1591569510730,
    last_edited_time: 1595420160000,
    ...fields,
  };
}

export function words(...title: unknown[]): Fields {
  return { properties: { title } };
}

/** The blocks of a page that shows one of everything. */
export function everything(): Fields[] {
  const rows = [id(41), id(42)];
  return [
    block(id(1), 'header', words(['第一节'])),
    block(
      id(2),
      'text',
      words(
        ['清晨 '],
        ['很冷', [['b']]],
        ['，见'],
        ['说明', [['a', 'https://example.org/a']]],
        ['，'],
        ['⁍', [['e', 'E=mc^2']]],
      ),
    ),
    block(id(3), 'bulleted_list', { ...words(['盐']), content: [id(31)] }),
    block(id(31), 'bulleted_list', words(['粗盐'])),
    block(id(4), 'bulleted_list', words(['糖'])),
    block(id(5), 'numbered_list', words(['称重'])),
    block(id(6), 'to_do', { properties: { title: [['买面粉']], checked: [['Yes']] } }),
    block(id(7), 'toggle', { ...words(['细节']), content: [id(71)] }),
    block(id(71), 'text', words(['藏在里面'])),
    block(id(8), 'quote', words(['慢就是快'])),
    block(id(9), 'callout', { ...words(['小心烫']), format: { page_icon: '💡' } }),
    block(id(10), 'code', { properties: { title: [['print(1)\nprint(2)']], language: [['Python']] } }),
    block(id(11), 'equation', words(['a^2'])),
    block(id(12), 'image', { properties: { source: [['attachment:0a0a:bread.png']], caption: [['面包']] } }),
    block(id(13), 'divider'),
    block(id(14), 'column_list', { content: [id(141), id(142)] }),
    block(id(141), 'column', { content: [id(143)] }),
    block(id(142), 'column', { content: [id(144)] }),
    block(id(143), 'text', words(['左'])),
    block(id(144), 'text', words(['右'])),
    block(id(15), 'table', {
      content: rows,
      format: { table_block_column_order: ['b', 'a'], table_block_column_header: true },
    }),
    block(id(41), 'table_row', { properties: { a: [['量']], b: [['料']] } }),
    block(id(42), 'table_row', { properties: { a: [['三克']], b: [['盐']] } }),
    block(id(16), 'bookmark', { properties: { link: [['https://example.org/book']], title: [['一本书']] } }),
    block(id(17), 'page', { ...words(['另一页']), content: [id(171)] }),
    block(id(18), 'transclusion_reference', { format: { transclusion_reference_pointer: { id: id(181) } } }),
    block(id(181), 'transclusion_container', { content: [id(182)] }),
    block(id(182), 'text', words(['同步的话'])),
    block(id(19), 'collection_view', { view_ids: [id(192)], collection_id: id(191) }),
    block(id(20), 'video', { properties: { source: [['https://www.youtube.com/watch?v=x']] } }),
    block(id(21), 'text', { ...words(['扔掉的']), alive: false }),
  ];
}

export const TOP = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21].map(id);

export function chunk(
  blocks: readonly Fields[],
  nesting: Nesting = 'flat',
  stack: unknown[] = [],
  extra: Fields = {},
): string {
  const map = Object.fromEntries(blocks.map((value) => [String(value.id), record(value, nesting)]));
  return JSON.stringify({ cursor: { stack }, recordMap: { block: map, ...extra } });
}

export const DATABASE = {
  collection: {
    [id(191)]: record({
      id: id(191),
      name: [['配方']],
      schema: { title: { name: '名', type: 'title' }, 'a.b': { name: '克', type: 'number' } },
    }),
  },
  collection_view: {
    [id(192)]: record({
      id: id(192),
      type: 'table',
      format: {
        table_properties: [
          { property: 'title', visible: true },
          { property: 'a.b', visible: true },
        ],
      },
    }),
  },
};

export const ROWS = JSON.stringify({
  result: { reducerResults: { collection_group_results: { type: 'results', blockIds: [id(202), id(201)] } } },
  recordMap: {
    block: Object.fromEntries(
      [
        block(id(201), 'page', {
          parent_table: 'collection',
          parent_id: id(191),
          properties: { title: [['软包']], 'a.b': [['300']] },
        }),
        block(id(202), 'page', {
          parent_table: 'collection',
          parent_id: id(191),
          properties: { title: [['硬包']], 'a.b': [['250']] },
        }),
      ].map((value) => [value.id, record(value, 'nested')]),
    ),
  },
});

export const PUBLIC = JSON.stringify({ pageId: PAGE, spaceId: SPACE, publicAccessRole: 'reader' });
export const PRIVATE = JSON.stringify({ pageId: PAGE, publicAccessRole: 'none' });

export const SHELL = `<!DOCTYPE html><html class="notion-html" data-notion-html="web"><head><meta charset="utf-8"><title>Notion</title>
<script>window.__notion_boot_data=null</script></head><body class="notion-body"><div id="notion-app"></div>
<script>(window.__notion_html_async=window.__notion_html_async||[]).push("requiredRedirectMetadata",{"pageId":"${PAGE}","requiresRedirect":false})</script></body></html>`;
