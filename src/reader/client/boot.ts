import type { Delivery } from './globals.d.ts';
import { remembered } from './memory.ts';

/** Runs before anything is drawn: the chosen appearance, so that nothing flashes, and a place for data that arrives early. */
const theme = remembered('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
document.documentElement.classList.add('js');

const held: NonNullable<Delivery['held']> = [];
const deliver: Delivery = (kind, key, value) => {
  held.push([kind, key, value]);
};
deliver.held = held;
window.__linkark = deliver;
