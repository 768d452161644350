import type { Marker } from '../platform.ts';
export const markers: readonly Marker[] = [];
