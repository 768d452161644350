import type { VisitCase } from '../cases.ts';

/** More of Jianshu: the pages of before 2019, notes that are sold, films, what only the page's data say. */

const NOTE = 'https://www.jianshu.com/p/0a1b2c3d4e5f';
const alive = { verdict: 'alive', reason: 'ok', url: NOTE } as const;

const FORMER = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>罗勒日记 - 简书</title></head><body class="lang-zh-CN reader-black-font"><div class="note"><div class="post"><div class="article">
<h1 class="title">罗勒日记</h1><div class="author"><a class="avatar" href="/u/abc"><img src="//upload.jianshu.io/users/upload_avatars/1/a.jpg"></a><div class="info"><span class="name"><a href="/u/abc">浇水人</a></span><a class="btn btn-success follow"><span>关注</span></a><div class="meta"><span class="publish-time" data-toggle="tooltip" title="最后编辑于 2017.03.05 01:02">2017.03.04 05:06*</span><span class="wordage">字数 320</span></div></div></div>
<div class="show-content"><div class="show-content-free"><p>罗勒怕冷，<br>夜里要收进屋。</p><div class="image-package"><div class="image-container" style="max-width: 700px;"><div class="image-container-fill" style="padding-bottom: 75%;"></div><div class="image-view"><img data-original-src="//upload-images.jianshu.io/upload_images/2-basil.png" data-original-format="image/png"></div></div><div class="image-caption">第七天</div></div>
<pre><code class="bash">water --ml 200
</code></pre><pre class="hljs python"><code class="python"><span class="hljs-keyword">print</span>(200)</code></pre><pre><code>no language</code></pre><pre><b class="x">bold</b></pre>
<p>浇水量 <img class="math-inline" src="https://math.jianshu.com/math?formula=V%3D2h" alt="V=2h" mathimg="1"> 毫升。</p>
<p>见<a href="http://link.jianshu.com?t=https%3A%2F%2Fexample.org%2Fbasil" target="_blank" rel="nofollow">罗勒</a>。</p><table><thead><tr><th>天</th><th>毫升</th></tr></thead><tbody><tr><td>一</td><td>200</td></tr></tbody></table>
<div class="video-package" data-video-url="//player.example.org/basil"><div class="video-description">浇水演示</div></div><div class="video-package" data-video-url="https://player.example.org/mute"></div></div></div></div><div class="support-author"><p>小礼物走一走</p></div></div></div></body></html>`;

function present(data: unknown, extra = ''): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>罗勒日记 - 简书</title></head><body><div id="__next"><article class="_2rhmJa"><p>罗勒怕冷，夜里要收进屋。</p></article>${extra}</div>
<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { initialState: { note: { data } } } })}</script></body></html>`;
}

export const variants: readonly VisitCase[] = [
  {
    ...alive,
    name: 'a note of 2017',
    answers: [{ body: FORMER }],
    golden: 'note-2017',
    article: { author: '浇水人', published: '2017-03-04T05:06:00+08:00', partial: false },
  },
  {
    ...alive,
    name: 'a note whose data alone name it',
    answers: [
      {
        body: present({
          public_title: ' 罗勒日记 ',
          first_shared_at: 1559866150,
          user: { nickname: '浇水人' },
          paid_type: 'fbook_free',
        }),
      },
    ],
    golden: 'data',
    article: { title: '罗勒日记', author: '浇水人', published: '2019-06-07T08:09:10+08:00' },
  },
  {
    ...alive,
    name: 'a note that is sold',
    answers: [{ body: present({ public_title: '罗勒日记', paid_type: 'fbook_paid' }) }],
    reason: 'partial',
    golden: 'sold',
    article: { published: null, partial: true },
  },
  {
    ...alive,
    name: 'a note without data, its time in a tag',
    answers: [
      {
        body: `<title>罗勒日记 - 简书</title><h1>罗勒日记</h1><time datetime="2019-06-07T00:09:10.000Z">2019.06.07 08:09:10</time><article><p>罗勒怕冷。</p></article>`,
      },
    ],
    golden: 'bare',
    article: { author: null },
  },
];
