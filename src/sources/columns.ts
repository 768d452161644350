/** What the fields of tables and records are called, in English and Chinese, the surest name first; in lower case. */
const FIELDS = {
  address: ['url', 'href', 'link', 'uri', 'address', '链接', '网址', '地址'],
  title: ['title', 'name', 'text', 'label', '标题', '名称', '题目'],
  note: ['note', 'notes', 'description', 'comment', 'excerpt', 'summary', '备注', '说明', '描述'],
  heading: ['heading', 'section', 'group', 'category', 'folder', 'collection', '分类', '分组', '栏目'],
} as const;

export type Field = keyof typeof FIELDS;

/** The first of a field's names that is there, or null. */
export function pick<T>(field: Field, get: (name: string) => T | undefined): T | null {
  for (const name of FIELDS[field]) {
    const value = get(name);
    if (value !== undefined) return value;
  }
  return null;
}

/** Does a text look like the address of a web page? */
export function isWebAddress(text: string): boolean {
  return /^\s*https?:\/\//i.test(text);
}
