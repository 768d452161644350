import type { KeptPage, ReaderInput } from '../../src/reader/index.ts';
import type { LinkStatus, Status } from '../../src/types.ts';

/** A small generator of numbers (mulberry32): the same seed makes the same collection. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The 3 755 characters of the first level of GB 2312, in their order. */
function characters(): string[] {
  const decoder = new TextDecoder('gb18030');
  const all: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const sign = decoder.decode(Uint8Array.of(row, cell));
      if (/^[\u4e00-\u9fff]$/.test(sign)) all.push(sign);
    }
  }
  return all;
}

/** How many words an article prefers, and how often it takes one of them: set so that an article has as many different pairs as real ones have. */
const OWN = 60;
const OWN_SHARE = 0.56;

/**
 * Invented Chinese: words of one to four characters with the frequencies of a real language (Zipf), of which each
 * article prefers some, in sentences with a Latin word or number now and then. The words mean nothing, but pairs of
 * characters repeat about as they do in articles.
 */
export class Generator {
  #next: () => number;
  readonly #words: string[] = [];
  readonly #latin: string[] = [];

  constructor(seed: number) {
    this.#next = random(seed);
    const signs = characters();
    const sign = () => signs[Math.min(signs.length - 1, Math.floor(signs.length * this.#next() ** 3))] ?? '';
    const lengths = [1, 2, 2, 2, 2, 2, 3, 4];
    while (this.#words.length < 9_000) {
      const length = this.#words.length < 60 ? 1 : (lengths[Math.floor(this.#next() * lengths.length)] ?? 2);
      this.#words.push(Array.from({ length }, sign).join(''));
    }
    while (this.#latin.length < 3000) {
      const length = 2 + Math.floor(this.#next() * 8);
      this.#latin.push(Array.from({ length }, () => String.fromCharCode(97 + Math.floor(this.#next() * 26))).join(''));
    }
  }

  #zipf(list: readonly string[]): string {
    return list[Math.max(0, Math.floor(list.length ** this.#next()) - 1)] ?? '';
  }

  /** Begins the sequence anew: one vocabulary, but a text of its own for each article. */
  reseed(seed: number): this {
    this.#next = random(seed);
    return this;
  }

  /** A text of about so many characters, one line a paragraph. */
  text(length: number): string {
    const own = Array.from({ length: OWN }, () => this.#words[Math.floor(this.#next() * this.#words.length)] ?? '');
    let text = '';
    let line = 0;
    while (text.length < length) {
      const words = 4 + Math.floor(this.#next() * 9);
      for (let at = 0; at < words; at++) {
        const kind = this.#next();
        if (kind < 0.03) text += ` ${this.#zipf(this.#latin)} `;
        else if (kind < 0.05) text += String(Math.floor(this.#next() * 2000));
        else text += kind < 0.05 + OWN_SHARE ? this.#zipf(own) : this.#zipf(this.#words);
      }
      const ended = this.#next() < 0.45;
      text += ended ? '。' : '，';
      if (ended && ++line % 4 === 0) text += '\n';
    }
    return text;
  }

  title(): string {
    return Array.from({ length: 4 + Math.floor(this.#next() * 4) }, () => this.#zipf(this.#words)).join('');
  }
}

/** Words that are looked for, each with the articles that have it: a name, a word of two characters, one that most articles have, a Latin one. */
const PLANTED: readonly (readonly [word: string, has: (n: number) => boolean])[] = [
  ['大模型', (n) => n % 40 === 0],
  ['训练', (n) => n % 7 === 0],
  ['研究', (n) => n % 5 !== 0],
  ['transformer', (n) => n % 25 === 0],
];

/** What to ask for: the planted words, and one that no article has. */
export const ASKED: readonly string[] = [...PLANTED.map(([word]) => word), '饕餮盛宴'];

/** Puts the planted words of article n between two sentences in its middle. */
function plant(text: string, n: number): string {
  const words = PLANTED.filter(([, has]) => has(n)).map(
    ([word]) => `这里说到${/[a-z]/.test(word) ? ` ${word} ` : word}的事。`,
  );
  const at = text.indexOf('。', text.length / 2) + 1;
  return text.slice(0, at) + words.join('') + text.slice(at);
}

/** A collection of invented articles of about `length` characters; texts are made again when asked for, never held. */
export function collection(articles: number, length: number): ReaderInput & { text(n: number): string } {
  const words = new Generator(1);
  const text = (n: number) => plant(words.reseed(1000 + n).text(length), n);
  const titles = new Generator(7);
  const links: LinkStatus[] = Array.from({ length: articles }, (_, n) => {
    const platform = ['wechat', 'zhihu', 'web', 'netease', 'sohu'][n % 5] ?? 'web';
    const day = `20${18 + (n % 9)}-0${1 + (n % 9)}-1${n % 10}`;
    const dead = n % 11 === 0;
    const note = n % 3 === 0 ? titles.text(80) : null;
    const file = `sources/list-${Math.floor(n / 250)}.md`;
    const heading = `小节 ${Math.floor(n / 25) % 10}`;
    return {
      id: `${platform}/a-${String(n).padStart(6, '0')}-0a1b2c3d`,
      url: `https://${platform}.example/a/${n}`,
      platform,
      occurrences: [{ file, line: (n % 250) * 4 + 1, column: 1, raw: '', text: '', heading, note }],
      verdict: dead ? 'gone' : 'alive',
      reason: dead ? 'not-found' : 'ok',
      evidence: null,
      health: dead ? 'dead' : 'healthy',
      since: `${day}T00:00:00Z`,
      checkedAt: null,
      lastAlive: null,
      failures: 0,
      title: titles.title(),
      author: titles.title().slice(0, 3),
      published: day,
      snapshot: { path: '', capturedAt: '2026-01-01T00:00:00Z', sha256: '', versions: 1, images: 0 },
      suggestion: null,
    };
  });
  const byId = new Map(links.map((link, n) => [link.id, { link, n }]));
  const counts = {
    links: articles,
    alive: 0,
    moved: 0,
    drifted: 0,
    gone: 0,
    blocked: 0,
    unclear: 0,
    unreachable: 0,
    skipped: 0,
  };
  const run = {
    id: '20261120T020000Z',
    startedAt: '2026-11-20T02:00:00Z',
    finishedAt: '2026-11-20T02:10:00Z',
    complete: true,
    counts,
  };
  const status: Status = { schema: 'linkark/status@1', run, links };
  const page = async (id: string): Promise<KeptPage | null> => {
    const found = byId.get(id);
    if (found === undefined) return null;
    const written = text(found.n);
    const { title, author, published, url } = found.link;
    const html = written
      .split('\n')
      .map((line) => `<p>${line}</p>`)
      .join('');
    return {
      id,
      url,
      title,
      author,
      published,
      account: null,
      updated: null,
      captured: '2026-01-01T00:00:00Z',
      language: 'zh-CN',
      partial: false,
      original: null,
      text: written,
      html,
      pictures: [],
    };
  };
  return { status, changes: [], language: 'zh', title: null, sizes: null, versions: async () => [], page, text };
}
