const DROPPED = /[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu;

/**
 * The fragments GitHub gives to headings: lower case, punctuation and symbols dropped, spaces to dashes, and a number
 * after one that was there before (`setup`, `setup-1`). One instance for each file.
 */
export class Slugs {
  readonly #used = new Map<string, number>();

  next(heading: string): string {
    const slug = heading.toLowerCase().replace(DROPPED, '').replaceAll(' ', '-');
    let unique = slug;
    let count = this.#used.get(slug) ?? 0;
    while (this.#used.has(unique)) {
      count += 1;
      unique = `${slug}-${count}`;
    }
    this.#used.set(slug, count);
    if (unique !== slug) this.#used.set(unique, 0);
    return unique;
  }
}
