/** What an expression can come to. */
export type Value = string | number | boolean | null;
/** Contexts by their dotted names: `steps.check.outputs.code`, `secrets.NAME`. */
export type Contexts = ReadonlyMap<string, Value>;

const TOKEN = /\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(==|!=|&&|\|\||[!()]))/y;

/** Evaluates the small part of GitHub's expression language that the workflows here are written in; throws on the rest. */
function evaluate(expression: string, contexts: Contexts, failed: boolean): Value {
  const tokens = tokenize(expression);
  let at = 0;
  const take = (): string => tokens[at++] ?? '';
  const either = (): Value => {
    let value = both();
    while (tokens[at] === '||') {
      take();
      const right = both();
      value = truthy(value) ? value : right;
    }
    return value;
  };
  const both = (): Value => {
    let value = compared();
    while (tokens[at] === '&&') {
      take();
      const right = compared();
      value = truthy(value) ? right : value;
    }
    return value;
  };
  const compared = (): Value => {
    const left = single();
    if (tokens[at] !== '==' && tokens[at] !== '!=') return left;
    const same = take() === '==';
    return (left === single()) === same;
  };
  const single = (): Value => {
    const token = take();
    if (token === '!') return !truthy(single());
    if (token === '(') {
      const value = either();
      if (take() !== ')') throw new Error(`unbalanced: ${expression}`);
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (tokens[at] === '(' && tokens[at + 1] === ')') {
      at += 2;
      return statusFunction(token, failed);
    }
    if (!/^\w/.test(token)) throw new Error(`not understood: ${expression}`);
    return contexts.get(token) ?? null;
  };
  const value = either();
  if (at !== tokens.length) throw new Error(`not understood: ${expression}`);
  return value;
}

function statusFunction(name: string, failed: boolean): boolean {
  if (name === 'always') return true;
  if (name === 'success') return !failed;
  if (name === 'failure') return failed;
  throw new Error(`no such function here: ${name}`);
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trim();
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) throw new Error(`not understood: ${expression}`);
    tokens.push(found[0].trim());
  }
  return tokens;
}

function truthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** Puts the values of all `${{ … }}` into a text. */
export function interpolate(text: string, contexts: Contexts, failed: boolean): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_whole, expression: string) =>
    String(evaluate(expression, contexts, failed) ?? ''),
  );
}

/** A step's `if:`; without a status function of its own it holds only where nothing failed before. */
export function holds(condition: string | null, contexts: Contexts, failed: boolean): boolean {
  if (condition === null) return !failed;
  const bare = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/, '$1');
  const asks = /\b(always|success|failure|cancelled)\s*\(/.test(bare);
  return (asks || !failed) && truthy(evaluate(bare, contexts, failed));
}
