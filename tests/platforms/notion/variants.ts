import type { Answer, VisitCase } from '../cases.ts';
import { block, chunk, ID, id, PAGE, PUBLIC, SHELL, words } from './pages.ts';

/** More of what Notion's pages hold: every mark and mention, nesting, files, odd pictures, other views of databases. */

type Fields = ReturnType<typeof block>;

const URL_ = `https://www.notion.so/${ID}`;
const alive = { verdict: 'alive', reason: 'ok', url: URL_ } as const;
const shell: Answer = { ask: ID, body: SHELL };
const open: Answer = { ask: 'getPublicPageData', body: PUBLIC };

/** The answers for a page that holds these blocks, those without a parent of their own in their order. */
export function answersOf(name: string, blocks: readonly Fields[], extra: Record<string, unknown> = {}): Answer[] {
  const inner = new Set(blocks.flatMap(({ content }) => (Array.isArray(content) ? content : [])));
  const top = blocks.filter((one) => !inner.has(one.id) && one.parent_table !== 'collection').map((one) => one.id);
  const root = block(PAGE, 'page', { ...words([name]), content: top });
  return [shell, open, { ask: 'loadPageChunk', body: chunk([root, ...blocks], 'nested', [], extra) }];
}

const record = (value: unknown): unknown => ({ value: { value, role: 'reader' } });
const USER = id(900);
const users = { notion_user: { [USER]: record({ id: USER, given_name: 'Mira' }) } };

const marked = [
  block(
    id(1),
    'text',
    words(
      ['斜', [['i']]],
      ['划掉', [['s']]],
      ['下线', [['_']]],
      ['code()', [['c']]],
      ['彩色', [['h', 'red']]],
      ['粗斜', [['b'], ['i']]],
      ['链接里粗', [['b'], ['a', 'https://example.org/b']]],
      ['第一行\n第二行'],
      [''],
    ),
  ),
  block(
    id(2),
    'text',
    words(
      ['见'],
      ['‣', [['p', id(90)]]],
      ['、'],
      ['‣', [['p', id(91)]]],
      ['，问'],
      ['‣', [['u', USER]]],
      ['或'],
      ['‣', [['u', id(901)]]],
      ['，在'],
      ['‣', [['d', { type: 'date', start_date: '2024-05-06' }]]],
      ['到'],
      [
        '‣',
        [
          [
            'd',
            {
              type: 'datetimerange',
              start_date: '2024-05-06',
              start_time: '07:08',
              end_date: '2024-05-07',
              end_time: '09:10',
              time_zone: 'Asia/Shanghai',
            },
          ],
        ],
      ],
      ['，照'],
      ['‣', [['lm', { href: 'https://example.org/oven', title: '炉温表', icon_url: 'https://example.org/i.png' }]]],
      ['和'],
      ['‣', [['lm', { href: 'https://example.org/bare' }]]],
      ['和'],
      ['‣', [['eoi', id(92)]]],
      ['办。'],
    ),
  ),
  block(id(90), 'page', { ...words(['酵种']), parent_table: 'collection' }),
  block(id(92), 'external_object_instance', {
    parent_table: 'collection',
    format: {
      domain: 'github.com',
      original_url: 'https://github.com/bakery/oven/pull/3',
      attributes: [
        { id: 'owner', values: ['mira'] },
        { id: 'title', values: ['Preheat longer'] },
      ],
    },
  }),
];

const nested = [
  block(id(1), 'sub_header', { ...words(['折叠的标题']), format: { toggleable: true }, content: [id(11)] }),
  block(id(11), 'text', words(['藏在标题下'])),
  block(id(2), 'sub_sub_header', words(['小标题'])),
  block(id(3), 'header_4', words(['更小的标题'])),
  block(id(4), 'numbered_list', { ...words(['第三步']), format: { list_start_index: 3 }, content: [id(41)] }),
  block(id(41), 'bulleted_list', { ...words(['备料']), content: [id(42), id(43)] }),
  block(id(42), 'to_do', { properties: { title: [['称水']], checked: [['No']] } }),
  block(id(43), 'code', { properties: { title: [['var x = 1;']], language: [['C#']] } }),
  block(id(5), 'numbered_list', words(['第四步'])),
  block(id(6), 'quote', { ...words(['师父说']), content: [id(61)] }),
  block(id(61), 'text', words(['火候不等人'])),
  block(id(7), 'callout', { ...words(['注意']), content: [id(71)] }),
  block(id(71), 'bulleted_list', words(['戴手套'])),
  block(id(8), 'text', { ...words(['缩进的上一层']), content: [id(81)] }),
  block(id(81), 'text', words(['缩进的一层'])),
  block(id(9), 'code', { properties: { title: [['a < b && c']], language: [['Plain Text']], caption: [['比较']] } }),
  block(id(10), 'code', { properties: { title: [['Dim x']], language: [['Visual Basic']] } }),
  block(id(12), 'code', words(['no language'])),
  block(id(13), 'table_of_contents'),
  block(id(14), 'breadcrumb'),
  block(id(15), 'factory', { ...words(['模板按钮']), content: [id(151)] }),
  block(id(151), 'text', words(['模板里的话'])),
  block(id(16), 'equation', {}),
  block(id(17), 'transcription', { ...words(['还没有名字的块']), content: [id(171)] }),
  block(id(171), 'text', words(['块里的话'])),
];

const files = [
  block(id(1), 'image', {
    properties: {
      source: [['https://prod-files-secure.s3.us-west-2.amazonaws.com/space/one/loaf.png?X-Amz-Signature=aa']],
      alt_text: [['切开的面包']],
      caption: [['第', [['b']]], ['一炉']],
    },
  }),
  block(id(2), 'image', { properties: { source: [['https://example.org/crumb.jpg']] } }),
  block(id(3), 'image', { format: { display_source: '/images/page-cover/woodcuts_1.jpg' } }),
  block(id(4), 'image', {
    format: { display_source: 'https://file.notion.so/f/f/space/two/crust.png?expirationTimestamp=1&signature=bb' },
  }),
  block(id(5), 'image', {}),
  block(id(6), 'image', { properties: { source: [['data:image/png;base64,AAAA']] } }),
  block(id(7), 'file', {
    parent_id: PAGE,
    properties: {
      title: [['配方.pdf']],
      source: [['https://s3.us-west-2.amazonaws.com/secure.notion-static.com/x.pdf']],
    },
  }),
  block(id(8), 'pdf', { properties: { source: [['attachment:0b0b:menu.pdf']] } }),
  block(id(9), 'audio', { properties: { source: [['https://example.org/knead.mp3']], caption: [['揉面的声音']] } }),
  block(id(10), 'tweet', { properties: { source: [['https://twitter.com/baker/status/1']] } }),
  block(id(11), 'figma', { format: { display_source: 'https://www.figma.com/file/oven' } }),
  block(id(12), 'embed', {}),
  block(id(13), 'bookmark', { properties: { link: [['https://example.org/mill']] }, format: { link_title: '磨坊' } }),
  block(id(14), 'external_object_instance', { format: { uri: 'https://example.org/issue/4' } }),
  block(id(15), 'alias', { format: { alias_pointer: { id: id(90), table: 'block' } } }),
  block(id(16), 'alias', { format: { alias_pointer: { id: id(91), table: 'block' } } }),
  block(id(90), 'page', { ...words(['酵种']), parent_table: 'collection' }),
  block(id(17), 'table', {
    content: [id(171), id(172)],
    format: { table_block_column_header: false, table_block_row_header: true },
  }),
  block(id(171), 'table_row', { properties: { 'x.y': [['水']], z: [['三百', [['b']]]] } }),
  block(id(172), 'table_row', { properties: { 'x.y': [['盐']] } }),
];

const COLLECTION = id(500);
const COVER = 'https://prod-files-secure.s3.us-west-2.amazonaws.com/space/three/baguette.jpg';
const SCHEMA = {
  title: { name: '名', type: 'title' },
  done: { name: '成', type: 'checkbox' },
  tags: { name: '类', type: 'multi_select' },
  site: { name: '网址', type: 'url' },
  born: { name: '建于', type: 'created_time' },
  who: { name: '谁', type: 'person' },
  part: { name: '属于', type: 'relation' },
  when: { name: '何时', type: 'date' },
  stage: { name: '阶段', type: 'status' },
  photo: { name: '照片', type: 'file' },
};

function row(number: number, properties: unknown, extra: Record<string, unknown> = {}): Fields {
  return block(id(number), 'page', { parent_table: 'collection', parent_id: COLLECTION, properties, ...extra });
}

const rows = [
  row(
    601,
    {
      title: [['法棍']],
      done: [['Yes']],
      tags: [['白,长']],
      site: [['https://example.org/baguette']],
      who: [['‣', [['u', USER]]]],
      part: [['‣', [['p', id(602)]]]],
      when: [['‣', [['d', { type: 'date', start_date: '2024-05-06' }]]]],
      stage: [['烤']],
      photo: [['baguette.jpg', [['a', COVER]]]],
    },
    { format: { page_cover: '/images/page-cover/met_bruegel.jpg' } },
  ),
  row(602, { title: [['黑麦']], done: [['No']], site: [['还没有']], stage: [['发']] }),
  row(603, {}, { created_time: undefined }),
  row(604, { title: [['扔掉的']] }, { alive: false }),
  row(605, { title: [['模板']] }, { is_template: true }),
];

function database(type: string, format: unknown, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...users,
    collection: { [COLLECTION]: record({ id: COLLECTION, name: [['面包']], schema: SCHEMA }) },
    collection_view: { [id(501)]: record({ id: id(501), type, format, page_sort: [id(602), id(601)] }) },
    ...extra,
  };
}

const shown = (...names: string[]): unknown => names.map((property) => ({ property, visible: true }));
const view = (fields: Fields = {}): Fields => block(id(50), 'collection_view', { view_ids: [id(501)], ...fields });
const linked = view({ format: { collection_pointer: { id: COLLECTION, table: 'collection' } } });

/** What `queryCollection` answers for a board: rows by group. */
const GROUPS = JSON.stringify({
  result: {
    reducerResults: {
      board_columns: { type: 'groups', results: [] },
      'results:status:发': { type: 'results', blockIds: [id(602)] },
      'results:status:烤': { type: 'results', blockIds: [id(601), id(699)] },
      'results:status:uncategorized': { type: 'results', blockIds: [id(603)] },
    },
  },
  recordMap: {},
});

export const variants: readonly VisitCase[] = [
  { ...alive, name: 'every mark and mention', answers: answersOf('记号', marked, users), golden: 'marks' },
  { ...alive, name: 'what stands in what', answers: answersOf('嵌套', nested), golden: 'nested' },
  { ...alive, name: 'pictures, files and cards', answers: answersOf('附件', files), golden: 'files' },
  {
    ...alive,
    name: 'a linked board, its rows by group',
    answers: [
      ...answersOf(
        '看板',
        [linked, ...rows],
        database('board', { board_columns_by: { property: 'stage', type: 'status' }, board_properties: shown('done') }),
      ),
      { ask: 'queryCollection', body: GROUPS },
    ],
    golden: 'board',
  },
  {
    ...alive,
    name: 'a gallery that was answered with the page, hidden columns left out',
    answers: answersOf(
      '图库',
      [view({ collection_id: COLLECTION }), ...rows],
      database(
        'gallery',
        {
          gallery_cover: { type: 'page_cover' },
          gallery_properties: [
            { property: 'site', visible: true },
            { property: 'done', visible: false },
            { property: 'lost' },
          ],
        },
        {
          collection_query: {
            [COLLECTION]: {
              [id(501)]: { collection_group_results: { type: 'results', blockIds: [id(601), id(602)] } },
            },
          },
        },
      ),
    ),
    golden: 'gallery',
  },
  {
    ...alive,
    name: 'a gallery whose pictures are files of a property',
    answers: answersOf(
      '照片',
      [view({ collection_id: COLLECTION }), ...rows],
      database('gallery', {
        gallery_cover: { type: 'property', property: 'photo' },
        gallery_properties: shown('title', 'photo'),
      }),
    ),
    golden: 'gallery-files',
  },
  {
    ...alive,
    name: 'a list that names no columns, its rows only in the records',
    answers: [
      ...answersOf('清单', [view({ collection_id: COLLECTION }), ...rows], database('list', undefined)),
      { ask: 'queryCollection', status: 400, body: '{"name":"ValidationError"}' },
    ],
    golden: 'list',
  },
  {
    ...alive,
    name: 'a database whose view alone names the collection',
    answers: answersOf(
      '指针',
      [view(), ...rows],
      database('table', {
        collection_pointer: { id: COLLECTION },
        table_properties: shown('title', 'when', 'who', 'part', 'born', 'tags'),
      }),
    ),
    golden: 'pointer',
  },
  {
    ...alive,
    name: 'databases without a view, a collection, a column or a name',
    answers: answersOf('空库', [
      block(id(51), 'collection_view'),
      block(id(52), 'collection_view', { view_ids: [id(502)] }),
      block(id(53), 'collection_view', { view_ids: [id(503)], collection_id: id(503) }),
      block(id(1), 'text', words(['别的都没有'])),
    ]),
    golden: 'no-database',
  },
];
