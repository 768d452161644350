/** Browsers may refuse storage to files (or to anyone); then nothing is remembered and all else works. */

/** What was remembered under a name across visits; null where nothing was. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`linkark.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`linkark.${name}`);
    else localStorage.setItem(`linkark.${name}`, value);
  } catch {
    // Not remembered.
  }
}

/** The state of the list in this tab, so that one comes back to where one was. */
export function listState(): string {
  try {
    return sessionStorage.getItem('linkark.list') ?? '';
  } catch {
    return '';
  }
}

export function keepListState(hash: string): void {
  try {
    sessionStorage.setItem('linkark.list', hash);
  } catch {
    // Not remembered.
  }
}
