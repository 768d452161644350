import type { Child } from '../view.ts';

/** A view as nodes. Text goes in as text, never as markup. */
export function toDom(child: Child): Node {
  if (child === null) return document.createDocumentFragment();
  if (typeof child === 'string') return document.createTextNode(child);
  const element = document.createElement(child.tag);
  for (const [name, value] of Object.entries(child.attrs)) {
    if (value !== null) element.setAttribute(name, value === true ? '' : value);
  }
  for (const inner of child.children) element.append(toDom(inner));
  return element;
}

/** The element with an id, of the class that is expected; null where it is not there. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T | null {
  const found = document.getElementById(id);
  return found instanceof type ? found : null;
}

/** Where archive/ lies from this page. */
export function rootPath(): string {
  return document.body.dataset.root ?? '';
}
