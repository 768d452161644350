import type { AnyNode, Element } from 'domhandler';
import { BLOCK } from './vocabulary.ts';

/** A block of code, to the letter. */
export interface Code {
  text: string;
  /** Lower-case name such as `js`, or null. */
  language: string | null;
}

const MAX_CODE = 1_000_000;
/** Line numbers, copy buttons and other furniture that highlighters put inside a code block. */
const FURNITURE =
  /(?:^|\s)(?:gutter|line-?nos?|line-?numbers?|linenumber|linenos|hljs-ln-numbers|hljs-ln-n|pre-numbering|code-block-extension-header|hljs-button|copy-?(?:code-?)?(?:btn|button|code)|code-snippet__line-index|toolbar|lnt|rouge-gutter|blob-num)(?:\s|$)/i;
const NOT_A_LANGUAGE = new Set(
  'none text plain plaintext txt auto nohighlight hljs code highlight prettyprint prettyprinted linenums has-numbering prism sourcecode line-numbers copyable'.split(
    ' ',
  ),
);
/** Languages that stand in a class without any word that says so: `<pre class="java" name="code">`, `<code class="python">`. */
const LANGUAGES = new Set(
  'applescript asm assembly awk bash batch bat c c# c++ clojure cmake cmd coffeescript console cpp cs csharp css cuda d dart delphi diff dockerfile elixir erlang f# fortran fsharp glsl go golang graphql groovy haskell hlsl html http ini java javascript jinja js json jsp jsx julia kotlin kt latex less lisp lua makefile markdown matlab md mysql nginx nim objc objective-c objectivec ocaml pascal perl php plsql powershell prolog proto protobuf ps1 py python r rb ruby rs rust sass scala scheme scss sh shell solidity sql swift tcl tex toml ts tsx typescript vb vbnet verilog vhdl vim vue wasm xml yaml yml zsh'.split(
    ' ',
  ),
);
/** HTML's own use of `lang`: what people speak. */
const SPOKEN = /^(?:de|en|es|fr|it|ja|ko|pt|ru|zh)(?:-|$)/;
const LANGUAGE = /^[a-z][\w+#.-]{0,24}$/;

/** Reads a `<pre>` (or what holds one): lines as the reader sees them, without line numbers. */
export function readCode(pre: Element): Code {
  const parts: string[] = [];
  let language: string | null = languageOf(pre) ?? languageAround(pre);
  let size = 0;
  let lineOpen = false;
  const endLine = (): void => {
    if (lineOpen) parts.push('\n');
    lineOpen = false;
  };
  const stack: (AnyNode | 'end')[] = [...pre.children].reverse();
  for (let node = stack.pop(); node !== undefined && size < MAX_CODE; node = stack.pop()) {
    if (node === 'end') endLine();
    else if (node.type === 'text') {
      const value = node.data
        .replace(/(?![\t\n\r])\p{Cc}/gu, '')
        .replace(/\u00a0/g, ' ')
        .replace(/\r\n?/g, '\n');
      if (value === '') continue;
      parts.push(value);
      size += value.length;
      lineOpen = !value.endsWith('\n');
    } else if (node.type === 'tag') {
      if (node.name === 'br') {
        parts.push('\n');
        lineOpen = false;
        continue;
      }
      if (FURNITURE.test(node.attribs.class ?? '') || node.name === 'button') continue;
      language ??= languageOf(node);
      if (isLine(node)) {
        endLine();
        stack.push('end');
      }
      for (const child of [...node.children].reverse()) stack.push(child);
    }
  }
  return { text: parts.join('').replace(/^\n+|\s+$/g, ''), language };
}

/** WeChat and CSDN put every line into a `<code>`, `<li>` or `<div>` of its own. */
function isLine(element: Element): boolean {
  if (BLOCK.has(element.name)) return true;
  if (element.name !== 'code') return false;
  const parent = element.parent;
  if (parent === null || !('children' in parent)) return false;
  // SyntaxHighlighter gives every line a `<div class="line">` and every word of it a `<code>`.
  if (parent.type === 'tag' && LINE.test(parent.attribs.class ?? '')) return false;
  return parent.children.filter((node) => 'name' in node && node.name === 'code').length > 1;
}

const LINE = /(?:^|\s)line(?:\s|$)/;
const GUTTER = /(?:^|\s)(?:gutter|line-?nos?|lineno|linenumber|rouge-gutter|blob-num|hljs-ln-numbers|lntd)(?:\s|$)/i;

/**
 * Is a table one that highlighters make (SyntaxHighlighter, Hexo, Pygments, Rouge, Chroma): in every row a cell of line
 * numbers and one of code?
 */
export function isCodeTable(table: Element): boolean {
  let rows = 0;
  const open: Element[] = [table];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const inner = part.children.filter((node): node is Element => node.type === 'tag');
    if (part.name === 'tr') {
      const [numbers, code] = inner;
      const named = inner.length === 2 && code?.name === 'td' && GUTTER.test(numbers?.attribs.class ?? '');
      if (!named) return false;
      rows++;
    } else if (part === table || part.name === 'tbody') open.push(...inner);
    else return false;
  }
  return rows > 0;
}

function languageAround(pre: Element): string | null {
  let node = pre.parent;
  for (let steps = 0; node !== null && node.type === 'tag' && steps < 2; steps++) {
    const found = languageOf(node);
    if (found !== null) return found;
    node = node.parent;
  }
  return null;
}

function languageOf(element: Element): string | null {
  const { attribs } = element;
  const named = attribs['data-lang'] ?? attribs['data-language'] ?? attribs.lang;
  if (named !== undefined && element.name !== 'div') {
    const language = acceptable(named);
    if (language !== null && !SPOKEN.test(language)) return language;
  }
  const classes = (attribs.class ?? '').slice(0, 500);
  const marked = /(?:^|\s)(?:language|lang|highlight-source|brush|sourceCode)[-:]\s?([\w+#.-]{1,24})/i.exec(
    classes,
  )?.[1];
  if (marked !== undefined) return acceptable(marked);
  const words = classes.toLowerCase().split(/\s+/);
  if (/(?:^|\s)(?:hljs|prettyprint|prism|sourceCode)(?:\s|$)/.test(classes)) {
    return words.map(acceptable).find((word) => word !== null) ?? null;
  }
  const isCode = element.name === 'pre' || element.name === 'code' || words.some((word) => HIGHLIGHTED.has(word));
  return isCode ? (words.find((word) => LANGUAGES.has(word)) ?? null) : null;
}

/** What stands beside the language where a highlighter names it on an element around the code. */
const HIGHLIGHTED = new Set(['highlight', 'syntaxhighlighter']);

function acceptable(raw: string): string | null {
  const name = raw.trim().toLowerCase();
  return LANGUAGE.test(name) && !NOT_A_LANGUAGE.has(name) ? name : null;
}
