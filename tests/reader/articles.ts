import type { Health, Occurrence, Reason } from '../../src/types.ts';
import { occurrence } from './shelf.ts';

/** One invented article, or a link without a copy (`html` null). */
export interface Sample {
  id: string;
  url: string;
  platform: string;
  health: Health;
  reason: Reason;
  since?: string;
  title: string | null;
  author: string | null;
  account: string | null;
  published: string | null;
  language: string | null;
  html: string | null;
  older: { name: string; captured: string; html: string; title?: string }[];
  occurrences: Occurrence[];
}

const CHATGPT = 'sources/大模型.md';
const SHELF = 'sources/reading.md';

const TRAINING = `
<p>训练一个大模型，最先遇到的往往不是算法，而是<strong>数据</strong>。我们花了整整两个月清洗语料，真正训练只用了十九天。回头看，清洗语料的两个月里做的每一个决定，都在后面的曲线上留下了痕迹。</p>
<h2>一、语料从哪里来</h2>
<p>语料分成四份：百科、论坛、代码与书籍。每一份都要先去重，再按质量打分。去重用的是 <code>SimHash</code>，阈值设为 3；分数低于 0.4 的段落直接丢掉。这里有一个容易忽略的细节：论坛里的引用会让同一段话出现几十次，如果只按整篇去重，这些重复就会漏网。</p>
<blockquote><p>“数据的上限就是模型的上限。”这句话说得太满，但在我们这个规模上，它基本成立。</p></blockquote>
<figure><img src="https://pictures.example/kept.png" alt="四类语料的占比"><figcaption>图 1　清洗之后四类语料的占比，百科最少，代码最多</figcaption></figure>
<h2>二、损失函数与学习率</h2>
<p>训练目标就是普通的交叉熵，学习率先升后降：</p>
<div class="math math-display">\\mathcal{L}(\\theta) = -\\frac{1}{N}\\sum_{i=1}^{N}\\log p_\\theta(x_i \\mid x_{&lt;i})</div>
<p>其中 <span class="math math-inline">p_\\theta</span> 是模型给出的概率，<span class="math math-inline">N</span> 是词元总数。预热两千步之后，学习率按余弦下降到峰值的十分之一。</p>
<pre><code class="language-python">def schedule(step, peak=3e-4, warmup=2000, total=120_000):
    if step &lt; warmup:
        return peak * step / warmup
    part = (step - warmup) / (total - warmup)
    return peak * (0.1 + 0.45 * (1 + cos(pi * part)))
</code></pre>
<h2>三、几次失败</h2>
<table><thead><tr><th>日期</th><th>现象</th><th>原因</th><th>处理</th><th>损失的卡时</th></tr></thead><tbody>
<tr><td>三月四日</td><td>损失突然变成 NaN</td><td>一批数据里混进了二进制文件，分词之后全是罕见词元</td><td>回退到前一个检查点，跳过这一批</td><td>312</td></tr>
<tr><td>三月九日</td><td>吞吐下降一半</td><td>一块网卡降速，整个环形通信都被它拖住</td><td>换卡，并加上每小时一次的带宽自检</td><td>1&nbsp;480</td></tr>
<tr><td>三月十六日</td><td>评测分数不升反降</td><td>评测集有三分之一泄漏进了训练语料</td><td>剔除泄漏样本，重新评测</td><td>0</td></tr></tbody></table>
<p>最难查的是第三次：分数高得可疑，我们先高兴了一天，才想到去查泄漏。<a href="https://example.com/leak">泄漏检查的脚本</a>后来成了每次训练前的固定步骤。</p>
<ul><li>先看数据，再看曲线；</li><li>每一次回退都写进日志；</li><li>评测集永远不要离开保险柜。</li></ul>
<p><img src="https://pictures.example/lost.png" alt="训练曲线"></p>
<p>下一篇会写 inference 的部分：怎样把 13B 的模型压到一块消费级显卡上，以及 4-bit 量化之后哪些能力掉得最快。</p>`;

const TRAINING_OLD = TRAINING.replace(
  '我们花了整整两个月清洗语料，真正训练只用了十九天。',
  '我们花了一个半月清洗语料，真正训练只用了十六天。',
)
  .replace('<li>评测集永远不要离开保险柜。</li>', '')
  .replace('阈值设为 3；分数低于 0.4 的段落直接丢掉。', '阈值设为 5。');
const TRAINING_OLDEST = TRAINING_OLD.replace(/<h2>三、几次失败[\s\S]*$/, '<p>失败的经历以后再写。</p>');

const REMEMBER = `
<p>十年前我把喜欢的文章收进书签，十年后其中一半打不开。这篇短文记录我怎样开始自己保存网页，以及为什么最后选了最笨的办法：一个文件夹，一份清单。</p>
<h2>书签为什么靠不住</h2>
<p>书签只记住地址，不记住内容。地址是别人的，内容也是别人的，只有“我读过它”这件事是自己的。平台改版、帐号注销、文章被删，任何一件都足以让书签变成空壳。</p>
<p>我统计过自己的收藏：二〇一五年的链接，如今还活着的只有四成。</p>
<h2>最笨的办法</h2>
<p>每读到一篇值得留下的文章，就在清单里写一行：标题、地址、一句评语。夜里有程序替我去看，能看到的就存一份，看不到的就记下原因。清单是纯文本，十年后也能打开。</p>
<p>有人问我，这和收藏夹有什么不同？不同在于，<em>清单写下了当时为什么觉得它好</em>。</p>`;

const ENGLISH = `
<p>Most of what we call “search” in small archives is a scan. A scan is honest: it reads everything, finds exactly what is there, and has no index to go stale. For a few thousand notes it is also fast enough.</p>
<h2>When a scan is not enough</h2>
<p>Past that, an inverted index earns its keep. For languages written with spaces the terms are words; for Chinese a pair of neighbouring characters, as in <span lang="zh">大模型</span>, does the same work without a dictionary.</p>
<blockquote><p>Exactness is a feature. A reader who remembers a phrase wants that phrase.</p></blockquote>
<p>The cost is space: every pair of every document is a number to store. Gaps between numbers are small for common pairs, and a Rice code writes a small gap in few bits.</p>`;

function sample(part: Partial<Sample> & Pick<Sample, 'id' | 'title' | 'occurrences'>): Sample {
  return {
    url: `https://example.com/${part.id}`,
    platform: part.id.split('/')[0] ?? 'web',
    health: 'healthy',
    reason: 'ok',
    author: null,
    account: null,
    published: null,
    language: 'zh-CN',
    html: REMEMBER,
    older: [],
    ...part,
  };
}

/** The collection of the tests: every health, notes of every kind, versions, formulas, pictures kept and lost. */
export const ARTICLES: readonly Sample[] = [
  sample({
    id: 'wechat/s-Train0001-1f2e3d4c',
    title: '从零训练大模型：十九天的流水账',
    author: '林见山',
    account: '山下机器房',
    published: '2026-02-11T20:30:00+08:00',
    health: 'dead',
    reason: 'deleted-by-author',
    since: '2026-11-18T02:00:00Z',
    url: 'https://mp.weixin.qq.com/s/Train0001',
    html: TRAINING,
    older: [
      {
        name: '20260212T020000Z',
        captured: '2026-02-12T02:00:00Z',
        html: TRAINING_OLDEST,
        title: '从零训练大模型：十六天的流水账',
      },
      { name: '20260220T020000Z', captured: '2026-02-20T02:00:00Z', html: TRAINING_OLD },
    ],
    occurrences: [
      occurrence(
        CHATGPT,
        12,
        '训练与工程',
        '写得**非常具体**，三次失败那一节值得反复读。\n\n可以和 [另一篇](https://example.com/other) 对照着看；`SimHash` 的阈值我们后来也改成了 3。',
      ),
    ],
  }),
  sample({
    id: 'zhihu/p-10000001-aa11bb22',
    title: '大模型为什么会“一本正经地胡说”',
    author: '周未央',
    published: '2026-01-20',
    url: 'https://zhuanlan.zhihu.com/p/10000001',
    html: '<p>所谓幻觉，是模型在没有依据时仍然给出流畅的回答。它不是故障，而是训练目标的自然结果：大模型学到的是“什么样的话像真话”。</p><h2>三种来源</h2><p>语料里的错误、解码时的随机、以及提问方式的诱导。三者之中，最容易改的是第三种。</p><p>我在训练时加入“不知道”的样例，幻觉率从两成降到一成。</p>',
    occurrences: [occurrence(CHATGPT, 18, '训练与工程', '结论和我们的经验一致。')],
  }),
  sample({
    id: 'notion/prompt-notes-33cc44dd',
    title: '提示词笔记（持续更新）',
    author: 'Wen',
    published: '2025-12-02',
    health: 'suspect',
    reason: 'timeout',
    since: '2026-11-10T02:00:00Z',
    html: '<p>写给自己的提示词笔记。原则只有一条：把要求说给一个聪明但不了解背景的人听。</p><ol><li>先说目的；</li><li>再给例子；</li><li>最后说格式。</li></ol>',
    occurrences: [occurrence(CHATGPT, 25, '提示词', null)],
  }),
  sample({
    id: 'netease/dy-20050001-55ee66ff',
    title: '国家图书馆的数字化之路',
    author: '何书同',
    published: '2024-06-30',
    health: 'drifted',
    reason: 'content-replaced',
    since: '2026-09-01T02:00:00Z',
    html: '<p>国家图书馆从一九九八年开始把善本扫描成图像，至今已有三十万册。扫描只是第一步，真正的难处在编目。</p><p>善本没有统一的页码，影像与目录之间的对应要靠人一页一页核对。</p>',
    occurrences: [occurrence(SHELF, 5, '图书馆', '> 善本那一段写得好。\n\n- 影像\n- 编目')],
  }),
  sample({
    id: 'web/own-archive-77aa88bb',
    title: '自己动手保存网页：一份清单，一个文件夹',
    author: '阿澄',
    published: '2026-05-05',
    html: REMEMBER,
    occurrences: [
      occurrence(SHELF, 9, '存档', '本仓库的想法就是从这里来的。'),
      occurrence(CHATGPT, 40, '提示词', '放在这里是因为最后一句。'),
    ],
  }),
  sample({
    id: 'web/small-search-99cc00dd',
    title: 'Search for small archives: scan first, index later',
    author: 'M. Okafor',
    published: '2025-08-14',
    language: 'en',
    html: ENGLISH,
    occurrences: [occurrence(SHELF, 14, '存档', 'Short and right; see also 双字索引.')],
  }),
  sample({
    id: 'wechat/s-Wall0002-12ab34cd',
    title: null,
    health: 'blocked',
    reason: 'verification-wall',
    since: '2026-11-02T02:00:00Z',
    html: null,
    language: null,
    occurrences: [occurrence(CHATGPT, 30, '提示词', null, '还没有看到的一篇')],
  }),
  sample({
    id: 'sohu/a-404040-56ef78ab',
    title: '城市里的旧书店',
    author: '许之鹤',
    published: '2023-03-09',
    health: 'dead',
    reason: 'not-found',
    since: '2026-08-12T02:00:00Z',
    html: '<p>旧书店老板认得每一本书的来处。他说书和人一样，有出身，也有归宿。</p>',
    occurrences: [occurrence(SHELF, 20, '书店', null)],
  }),
  sample({
    id: 'web/never-asked-0a0b0c0d',
    title: null,
    health: 'unknown',
    reason: 'not-due',
    html: null,
    language: null,
    occurrences: [occurrence(SHELF, 25, null, null, '下次再查的链接')],
  }),
];
