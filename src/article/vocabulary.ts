/** What the HTML vocabulary means for a clean copy. Data only. */

/** Never content, together with everything inside. */
export const DROPPED: ReadonlySet<string> = new Set(
  (
    'script style template title link meta base object embed applet frame frameset canvas button select option ' +
    'optgroup textarea datalist map area param source track portal noembed noframes dialog progress meter output ' +
    'svg audio video iframe input slot menuitem'
  ).split(' '),
);

/** Inline elements that are kept; every other inline element is dissolved into its content. */
export const INLINE: Readonly<Record<string, string>> = {
  a: 'a',
  em: 'em',
  i: 'em',
  strong: 'strong',
  b: 'strong',
  code: 'code',
  tt: 'code',
  del: 'del',
  s: 'del',
  strike: 'del',
  ins: 'ins',
  u: 'u',
  sub: 'sub',
  sup: 'sup',
  mark: 'mark',
  q: 'q',
  cite: 'cite',
  kbd: 'kbd',
  samp: 'samp',
  var: 'var',
  abbr: 'abbr',
  small: 'small',
  ruby: 'ruby',
  rt: 'rt',
  rp: 'rp',
};

/** Elements that begin and end a line of their own, dissolved unless they are in FLOW. */
export const BLOCK: ReadonlySet<string> = new Set(
  (
    'address article aside body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 ' +
    'h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead ' +
    'tr ul blockquote caption listing plaintext xmp multicol'
  ).split(' '),
);

/** Blocks that are kept as such. */
export const FLOW: ReadonlySet<string> = new Set(
  'blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 figure figcaption details summary'.split(' '),
);

/** Kept blocks that hold a line of text rather than paragraphs. */
export const LINE: ReadonlySet<string> = new Set('h1 h2 h3 h4 h5 h6 figcaption summary dt caption'.split(' '));
