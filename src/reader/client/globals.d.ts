import type { DataKind } from '../data.ts';

export interface Delivery {
  (kind: DataKind, key: number, value: unknown): void;
  /** What arrived before the application was there. */
  held?: [DataKind, number, unknown][];
}

declare global {
  interface Window {
    __linkark: Delivery;
  }
}
