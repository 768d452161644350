import type { DataKind } from '../data.ts';

export interface Delivery {
  (kind: DataKind, key: number | string, value: unknown): void;
  /** What arrived before the application was there. */
  held?: [DataKind, number | string, unknown][];
}

declare global {
  interface Window {
    __linkark: Delivery;
  }
}
