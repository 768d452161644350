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
  return (
    parent !== null &&
    'children' in parent &&
    parent.children.filter((node) => 'name' in node && node.name === 'code').length > 1
  );
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
  if (/(?:^|\s)(?:hljs|prettyprint|prism|sourceCode)(?:\s|$)/.test(classes)) {
    for (const word of classes.split(/\s+/)) {
      const language = acceptable(word);
      if (language !== null) return language;
    }
  }
  return null;
}

function acceptable(raw: string): string | null {
  const name = raw.trim().toLowerCase();
  return LANGUAGE.test(name) && !NOT_A_LANGUAGE.has(name) ? name : null;
}
