export { type Address, addressProblem, parseAddress } from './address.ts';
export { canonicalWeb } from './canonical.ts';
export { hostKey, hostMatches } from './host.ts';
export { linkId } from './id.ts';
