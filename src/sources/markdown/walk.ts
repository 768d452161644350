import type { Nodes } from 'mdast';

/** What a walk calls: `enter` before a node's children (false leaves them out), `leave` after them. */
export interface Visitor {
  enter(node: Nodes, parent: Nodes): boolean;
  leave(node: Nodes, parent: Nodes): void;
}

/** Walks a tree in the order of the document without recursion: depth is the list's to choose, not ours to fear. */
export function walk(root: Nodes, visitor: Visitor): void {
  const open: { node: Nodes; next: number }[] = [{ node: root, next: 0 }];
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const child = 'children' in frame.node ? frame.node.children[frame.next] : undefined;
    if (child === undefined) {
      open.pop();
      const parent = open.at(-1);
      if (parent !== undefined) visitor.leave(frame.node, parent.node);
      continue;
    }
    frame.next += 1;
    if (visitor.enter(child, frame.node)) open.push({ node: child, next: 0 });
    else visitor.leave(child, frame.node);
  }
}

/** The plain text of a node: text, code and the alternative text of pictures; HTML and footnote marks left out. */
export function plainText(node: Nodes): string {
  let text = '';
  walk(node, {
    enter(child) {
      if (child.type === 'text' || child.type === 'inlineCode') text += child.value;
      else if (child.type === 'image' || child.type === 'imageReference') text += child.alt ?? '';
      else if (child.type === 'break') text += ' ';
      return true;
    },
    leave: () => {},
  });
  return text;
}
