import type { AnyNode, Element } from 'domhandler';
import { BLOCK } from './vocabulary.ts';

/** What an element of a table is in the clean copy; `layout`: dissolved into its content. */
export type TableRole = 'table' | 'caption' | 'thead' | 'tbody' | 'tr' | 'td' | 'th' | 'layout';

interface Survey {
  table: Element;
  parts: { element: Element; role: TableRole }[];
  rows: number;
  cells: number;
  widest: number;
  inRow: number;
  nested: boolean;
  /** Characters of text in all cells and in the fullest one. */
  chars: number;
  fullest: number;
  cellChars: number;
  blocks: number;
  pictures: boolean;
}

/** The end of a table or of one of its cells. */
interface End {
  survey: Survey;
  element: Element;
}

type Step = AnyNode | End;

const SECTIONS: Readonly<Record<string, TableRole>> = {
  caption: 'caption',
  thead: 'thead',
  tbody: 'tbody',
  tfoot: 'tbody',
  tr: 'tr',
  td: 'td',
  th: 'th',
};

/** More rows and cells than these, in all tables together, are not kept as tables. */
const MAX_PARTS = 20_000;

/**
 * Tells tables of data from tables used for layout, in one pass over the nodes, and gives every part of a data table
 * its role. Layout is: a table in a table's place (nested), a single cell, one cell that holds nearly everything, or nothing at all.
 */
export function surveyTables(nodes: readonly AnyNode[]): Map<Element, TableRole> {
  const roles = new Map<Element, TableRole>();
  const open: Survey[] = [];
  const stack: Step[] = [...nodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('survey' in node) {
      leave(node, open, roles);
      continue;
    }
    const survey = open[open.length - 1];
    if (node.type === 'text' && survey !== undefined) {
      const chars = node.data.trim().length;
      survey.chars += chars;
      survey.cellChars += chars;
    }
    if (!('children' in node)) continue;
    if (node.type === 'tag') enter(node, open, stack);
    for (const child of [...node.children].reverse()) stack.push(child);
  }
  return roles;
}

function enter(element: Element, open: Survey[], stack: Step[]): void {
  const survey = open[open.length - 1];
  if (element.name === 'table') {
    if (survey !== undefined) survey.nested = true;
    const own = newSurvey(element);
    open.push(own);
    stack.push({ survey: own, element });
  } else if (survey !== undefined) {
    const role = SECTIONS[element.name];
    if (role !== undefined) {
      survey.parts.push({ element, role });
      if (role === 'tr') {
        survey.rows++;
        survey.inRow = 0;
      } else if (role === 'td' || role === 'th') {
        survey.cells++;
        survey.inRow++;
        survey.widest = Math.max(survey.widest, survey.inRow);
        survey.cellChars = 0;
        stack.push({ survey, element });
      }
    } else if (BLOCK.has(element.name)) {
      survey.blocks++;
    } else if (element.name === 'img') {
      survey.pictures = true;
    }
  }
}

function leave({ survey, element }: End, open: Survey[], roles: Map<Element, TableRole>): void {
  if (survey.table !== element) {
    survey.fullest = Math.max(survey.fullest, survey.cellChars);
    return;
  }
  open.pop();
  const layout = isLayout(survey) || roles.size + survey.parts.length > MAX_PARTS;
  roles.set(element, layout ? 'layout' : 'table');
  for (const part of survey.parts) roles.set(part.element, layout ? 'layout' : part.role);
  const outer = open[open.length - 1];
  if (outer !== undefined) {
    outer.chars += survey.chars;
    outer.cellChars += survey.chars;
    outer.blocks += survey.blocks;
    outer.pictures ||= survey.pictures;
  }
}

function isLayout(survey: Survey): boolean {
  if (survey.nested || survey.cells < 2 || survey.widest < 2) return true;
  if (survey.table.attribs.role === 'presentation') return true;
  if (survey.chars === 0 && !survey.pictures) return true;
  return survey.fullest > 400 && survey.fullest > 0.6 * survey.chars;
}

function newSurvey(table: Element): Survey {
  return {
    table,
    parts: [],
    rows: 0,
    cells: 0,
    widest: 0,
    inRow: 0,
    nested: false,
    chars: 0,
    fullest: 0,
    cellChars: 0,
    blocks: 0,
    pictures: false,
  };
}
