import type { zh } from './zh.ts';

/** The shape of a dictionary: every language has exactly these keys with these parameters. */
export type Strings = { [K in keyof typeof zh]: (typeof zh)[K] extends string ? string : (typeof zh)[K] };
export type Key = keyof Strings;
