import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../src/article/index.ts';

const md = (html: string): string => toMarkdown(html, 'https://site.example/').trimEnd();

describe('code', () => {
  it.each([
    ['with line breaks of HTML', '<pre>a<br>b<br><br>c</pre>', 'a\nb\n\nc'],
    ['with an element for each line', '<pre><div>a</div><div>b</div></pre>', 'a\nb'],
    ['with an item for each line', '<pre><ol><li>a</li><li>b</li></ol></pre>', 'a\nb'],
    ['with line ends of other systems', '<pre>a\r\nb\rc</pre>', 'a\nb\nc'],
    ['with line breaks around it', '<pre>\n\n  a\n\n</pre>', '  a'],
    ['with spaces that do not break', '<pre>a&nbsp;&nbsp;b</pre>', 'a  b'],
    ['without control characters', '<pre><b>\u0007</b>a\u001b[0m</pre>', 'a[0m'],
    ['without comments and scripts', '<pre>a<!-- no --><script>no</script>b</pre>', 'ab'],
    [
      'without what highlighters put beside it',
      '<pre><button>Copy</button><span class="hljs-ln-numbers">1</span>a<span class="toolbar">no</span></pre>',
      'a',
    ],
  ])('%s', (_, html, code) => {
    expect(md(html)).toBe(`\`\`\`\n${code}\n\`\`\``);
  });

  const numbered = (numbers: string, code: string): string =>
    `<table><tbody><tr>${numbers}${code}</tr></tbody></table>`;

  it.each([
    [
      'of Hexo',
      numbered(
        '<td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span></pre></td>',
        '<td class="code"><pre><span class="line">a;</span><br><span class="line">b;</span></pre></td>',
      ),
    ],
    [
      'of SyntaxHighlighter, with an element for each word',
      numbered(
        '<td class="gutter"><div class="line number1">1</div><div class="line number2">2</div></td>',
        '<td class="code"><div class="container"><div class="line number1"><code>a</code><code>;</code></div><div class="line number2"><code>b;</code></div></div></td>',
      ),
    ],
    [
      'of Pygments',
      numbered(
        '<td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td>',
        '<td class="code"><div class="highlight"><pre>a;\nb;\n</pre></div></td>',
      ),
    ],
    [
      'of Chroma',
      numbered(
        '<td class="lntd"><pre><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td>',
        '<td class="lntd"><pre><code>a;\nb;\n</code></pre></td>',
      ),
    ],
    [
      'with a row for each line',
      '<table><tr><td class="blob-num">1</td><td class="blob-code">a;</td></tr><tr><td class="blob-num">2</td><td class="blob-code">b;</td></tr></table>',
    ],
  ])('is told from a table where it stands in one: %s', (_, html) => {
    expect(md(html)).toBe('```\na;\nb;\n```');
  });

  it.each([
    ['of three cells', '<table><tr><td class="gutter">1</td><td>a</td><td>b</td></tr></table>'],
    ['with a head', '<table><thead><tr><td class="gutter">1</td><td>a</td></tr></thead></table>'],
    ['with one row that is another', numbered('<td class="gutter">1</td>', '<td>a</td></tr><tr><td>2</td><td>b</td>')],
    ['without rows', '<table></table>'],
  ])('is no table %s', (_, html) => {
    expect(md(html)).not.toContain('```');
  });

  it('that is empty is none', () => {
    expect(md('<p>x</p><pre> <b>\u0007</b>\n</pre>')).toBe('x');
  });
});

describe('the language of code', () => {
  const languageOf = (html: string): string => /^```(.*)$/m.exec(md(html))?.[1] ?? 'no code';

  it.each([
    ['of its own class', '<pre class="language-c++">a</pre>', 'c++'],
    ['of the element inside', '<pre><code class="lang-js">a</code></pre>', 'js'],
    ['of the element around', '<div class="highlight-source-python"><pre>a</pre></div>', 'python'],
    ['of the second element around', '<div class="language-rust"><div><pre>a</pre></div></div>', 'rust'],
    ['of an attribute', '<pre data-lang="Go">a</pre>', 'go'],
    ['of an attribute as old plugins write it', '<pre lang="python">a</pre>', 'python'],
    ['of the class where the attribute names none', '<pre data-lang="plain text" class="language-c">a</pre>', 'c'],
    ['beside the name of a highlighter', '<pre><code class="hljs typescript">a</code></pre>', 'typescript'],
    ['as Pandoc names it', '<pre class="sourceCode haskell">a</pre>', 'haskell'],
    ['of its bare class', '<pre name="code" class="java">a</pre>', 'java'],
    ['of the bare class of the element inside', '<pre><code class="python">a</code></pre>', 'python'],
    ['beside other classes', '<pre class="Wide C++ boxed">a</pre>', 'c++'],
    ['of the figure around', '<figure class="highlight js"><div><pre>a</pre></div></figure>', 'js'],
    ['that is an unknown word', '<pre class="example note">a</pre>', ''],
    ['that the element around says of something else', '<div class="go"><pre>a</pre></div>', ''],
    ['as SyntaxHighlighter names it', '<pre class="brush: java; gutter: true">a</pre>', 'java'],
    [
      'inside furniture of another highlighter',
      '<pre class="prism line-numbers"><code class="lang-js">a</code></pre>',
      'js',
    ],
    ['that only says that it is code', '<pre><code class="hljs">a</code></pre>', ''],
    ['that only says that it is text', '<pre class="language-plaintext">a</pre>', ''],
    ['that only says that it was coloured', '<pre class="prettyprint linenums prettyprinted">a</pre>', ''],
    ['that people speak', '<pre lang="en"><code lang="zh-Hans">a</code></pre>', ''],
    ['that is no name', '<pre class="language-<script>">a</pre>', ''],
  ])('%s', (_, html, language) => {
    expect(languageOf(html)).toBe(language);
  });
});
