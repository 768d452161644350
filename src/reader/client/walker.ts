/** Goes through the lines of the list by keyboard. The title's own link takes the focus, so Enter and Tab do what they always do. */
export class Walker {
  readonly #place: HTMLElement;
  readonly #more: () => boolean;

  constructor(place: HTMLElement, more: () => boolean) {
    this.#place = place;
    this.#more = more;
  }

  #titles(): HTMLElement[] {
    return [...this.#place.querySelectorAll<HTMLElement>('.row .title')];
  }

  /** To the line that many further on; from nowhere to the first one in sight. */
  step(by: 1 | -1): void {
    let titles = this.#titles();
    const focused = document.activeElement;
    const here = focused instanceof HTMLElement ? titles.indexOf(focused) : -1;
    let next = here < 0 ? titles.findIndex((title) => title.getBoundingClientRect().top > 60) : here + by;
    if (next >= titles.length && this.#more()) titles = this.#titles();
    next = Math.max(0, Math.min(titles.length - 1, next));
    focus(titles[next], 'nearest');
  }

  first(): void {
    focus(this.#titles()[0], 'nearest');
  }

  /** To the line of an entry, if it is drawn. */
  goTo(n: number, block: ScrollLogicalPosition): void {
    focus(this.#place.querySelector<HTMLElement>(`.row[data-n="${n}"] .title`), block);
  }
}

function focus(title: HTMLElement | null | undefined, block: ScrollLogicalPosition): void {
  if (title === null || title === undefined) return;
  title.focus({ preventScroll: true });
  (title.closest('.row') ?? title).scrollIntoView({ block });
}
