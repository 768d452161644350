/** Exit codes of the contract. */
export const EXIT = { fine: 0, failed: 1, found: 2, usage: 3 } as const;
