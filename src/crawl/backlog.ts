/** Size that is expected of the first answers, in bytes; later ones are expected to be as large as those that came. */
const FIRST_GUESS = 65_536;
/** Share of the newest answer in what is expected of the next. */
const NEWEST = 0.25;

/** Room taken by one page, from before it is asked until it is stored. */
export interface Hold {
  /** Says how many bytes came. */
  weigh(bytes: number): void;
  /** Gives the room back; more than once does nothing. */
  leave(): void;
}

/**
 * Bounds the bytes of answers that wait to be read and stored: pages come faster than they are worked off, and large
 * ones would fill the memory. Who finds no room waits, in order of arrival, and holds nothing meanwhile; where nothing
 * is held, one page of any size has room, so there is always one that goes on.
 */
export class Backlog {
  readonly #most: number;
  readonly #waiting: ((reserved: number) => void)[] = [];
  #held = 0;
  #pages = 0;
  #expected = FIRST_GUESS;

  /** @param most bytes held at once, as far as the sizes of answers can be foretold */
  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when there is room for one more page. */
  async enter(): Promise<Hold> {
    const free = this.#waiting.length === 0 && this.#hasRoom;
    let size = free ? this.#reserve() : await new Promise<number>((resolve) => this.#waiting.push(resolve));
    let left = false;
    return {
      weigh: (bytes) => {
        if (left) return;
        this.#expected += NEWEST * (bytes - this.#expected);
        this.#held += bytes - size;
        size = bytes;
        this.#admit();
      },
      leave: () => {
        if (left) return;
        left = true;
        this.#held -= size;
        this.#pages--;
        this.#admit();
      },
    };
  }

  get #hasRoom(): boolean {
    return this.#pages === 0 || this.#held + this.#expected <= this.#most;
  }

  /** Takes the room of one page of the expected size; returns that size. */
  #reserve(): number {
    this.#held += this.#expected;
    this.#pages++;
    return this.#expected;
  }

  #admit(): void {
    while (this.#hasRoom) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next(this.#reserve());
    }
  }
}
