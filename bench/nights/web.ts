import { createHash } from 'node:crypto';
import { numbers } from '../../tests/archive/nights.ts';
import { png } from '../../tests/archive/samples.ts';
import { type Answer, answer, html, text } from '../../tests/world/answers.ts';
import { resetBeforeHead } from '../../tests/world/faults.ts';
import { blogPost } from '../../tests/world/pages/blogs.ts';
import type { Story } from '../../tests/world/pages/story.ts';
import { wechatArticle } from '../../tests/world/pages/wechat.ts';
import { wechatDeleted, wechatVerifyText } from '../../tests/world/pages/wechat-walls.ts';
import type { World } from '../../tests/world/world.ts';

/** How a page answers in one night. */
type Mood = 'page' | 'gone' | 'wall' | 'outage' | 'stump';

/** One page of the changing web. */
export interface PageState {
  url: string;
  title: string;
  edition: number;
  /** Which pictures it shows: a new number is a new address. */
  pictures: number;
  /** What lies behind those addresses: a new number is other bytes at the same address. */
  swap: number;
  mood: Mood;
  /** What a reader would call its versions, oldest first: those that stood in some night. */
  stood: Version[];
}

/** What tells a version of a page: words that only it has, and the SHA-256 of its picture. */
interface Version {
  words: string;
  picture: string;
}

/** What happened in a night, in numbers. */
type Events = Record<'edits' | 'pictures' | 'swaps' | 'gone' | 'walls' | 'outages' | 'stumps', number>;

/** What may befall a page in a night, by the face of the die; mostly nothing does. */
const CHANGES: readonly { event: keyof Events; mood: Mood }[] = [
  { event: 'edits', mood: 'page' },
  { event: 'pictures', mood: 'page' },
  { event: 'swaps', mood: 'page' },
  { event: 'gone', mood: 'gone' },
  { event: 'walls', mood: 'wall' },
  { event: 'outages', mood: 'outage' },
  { event: 'stumps', mood: 'stump' },
];
const FACES = 40;

const PICTURE_BYTES = 20_000;

/** A web that changes from night to night, the same for the same seed. */
export class ChangingWeb {
  readonly pages: PageState[];
  readonly #random: (n: number) => number;
  readonly #seed: number;
  /** The pictures with which each page was last seen whole. */
  readonly #shown = new Map<PageState, number>();

  constructor(seed: number, count: number) {
    this.#seed = seed;
    this.#random = numbers(seed);
    this.pages = Array.from({ length: count }, (_, index) => ({
      url: addressOf(index),
      title: `守桥日记 第${index}篇`,
      edition: 0,
      pictures: 0,
      swap: 0,
      mood: 'page',
      stood: [],
    }));
  }

  /** Lets a night fall: what has changed by then. The first night everything is there. */
  next(night: number): Events {
    const events: Events = { edits: 0, pictures: 0, swaps: 0, gone: 0, walls: 0, outages: 0, stumps: 0 };
    for (const page of this.pages) {
      const dice = night === 0 ? FACES : this.#random(FACES);
      const change = CHANGES[dice];
      page.mood = change?.mood ?? 'page';
      if (change !== undefined) events[change.event]++;
      if (change?.event === 'edits') page.edition++;
      else if (change?.event === 'pictures') page.pictures++;
      else if (change?.event === 'swaps') page.swap++;
      if (page.mood === 'page') this.#note(page);
    }
    return events;
  }

  /** A version stands where words or the addresses of pictures are new; what is swapped silently comes with the next. */
  #note(page: PageState): void {
    const words = wordsOf(page);
    const last = page.stood.at(-1);
    const isNew = last === undefined || last.words !== words || this.#shown.get(page) !== page.pictures;
    if (isNew) page.stood.push({ words, picture: sha256(this.picture(page)) });
    this.#shown.set(page, page.pictures);
  }

  /** The bytes of a page's picture: a PNG with noise behind its end, as large as pictures are. */
  picture(page: PageState): Buffer {
    const name = `${this.#seed} ${page.url} ${page.pictures} ${page.swap}`;
    const parts: Buffer[] = [Buffer.from(png(40, 30, page.swap % 200))];
    for (let size = 0; size < PICTURE_BYTES; size += 32) {
      parts.push(createHash('sha256').update(`${name} ${size}`).digest());
    }
    return Buffer.concat(parts);
  }

  /** Has the web answered by the state of the night. */
  furnish(world: World): void {
    for (const [index, page] of this.pages.entries()) {
      world.on(page.url, () => answerOf(page, index));
      const host = new URL(pictureUrl(page, index)).hostname;
      world.on(`https://${host}/p/${index}/*`, () => answer(200, [['Content-Type', 'image/png']], this.picture(page)));
    }
  }
}

/** Two in five are WeChat's, pairs of which differ by case alone; one in five has a Chinese address. */
function addressOf(index: number): string {
  const pair = `Qm${String(index >> 1).padStart(4, '0')}dKxTz_RwVbNa8Yf`;
  if (index % 5 < 2) return `https://mp.weixin.qq.com/s/${index % 2 === 0 ? pair : pair.toLowerCase()}`;
  const host = `https://blog-${index % 7}.example`;
  return index % 5 === 2 ? new URL(`${host}/日记/第${index}篇?页=一`).href : `${host}/post/${index}`;
}

function pictureUrl(page: PageState, index: number): string {
  const host = page.url.includes('weixin') ? 'mmbiz.qpic.cn' : 'pictures.example';
  return `https://${host}/p/${index}/${page.pictures}/640?wx_fmt=png`;
}

function wordsOf(page: PageState): string {
  return `这一篇写到第${page.edition}稿为止`;
}

function storyOf(page: PageState, index: number): Story {
  const filler = Array.from(
    { length: 12 },
    (_, at) => `第${at}段。第${index}座桥边住着守桥的人，他每天清晨数一遍过桥的脚步，黄昏再数一遍，记在本子上。`,
  );
  const paragraphs = page.mood === 'stump' ? [filler[0] ?? ''] : [...filler, wordsOf(page)];
  return {
    title: page.title,
    author: '守桥人',
    account: '桥边',
    published: '2025-03-04T05:06:07+08:00',
    paragraphs,
    pictures: page.mood === 'stump' ? [] : [pictureUrl(page, index)],
  };
}

function answerOf(page: PageState, index: number): Answer {
  const isWechat = page.url.includes('weixin');
  const story = storyOf(page, index);
  const token = page.url.slice(page.url.lastIndexOf('/') + 1);
  const mid = String(2_650_000_000 + index);
  const whole = isWechat
    ? wechatArticle(story, { biz: 'MzA5MDAwMDAwMQ==', mid, idx: '1', sn: mid.padStart(32, '0'), token })
    : blogPost(page.url, story);
  if (page.mood === 'gone') return isWechat ? wechatDeleted() : text('Not Found', 404);
  if (page.mood === 'wall') return isWechat ? wechatVerifyText() : html('<h1>Forbidden</h1>', 403);
  return page.mood === 'outage' ? resetBeforeHead(whole) : whole;
}

/** SHA-256, hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
