/**
 * Bit strings kept in UTF-16: fifteen bits a code unit, as the 32 768 units from U+3400 on. None of them is a
 * surrogate, a quote, a backslash or a line end, so a bit string can stand in a script as it is; in a file encoded as
 * UTF-16 it costs a fifteenth more than raw bytes, where base64 costs a third.
 */
const FIRST_UNIT = 0x3400;
const WIDTH = 15;

/** Writes numbers as bits, most significant bit first. */
export class BitWriter {
  #units: string[] = [];
  #chunk = '';
  #held = 0;
  #free = WIDTH;
  #bits = 0;

  /** How many bits have been written. */
  get length(): number {
    return this.#bits;
  }

  /** Writes the low `width` bits of a value; width 0 to 31. */
  put(value: number, width: number): void {
    this.#bits += width;
    let left = width;
    while (left > 0) {
      const take = Math.min(left, this.#free);
      left -= take;
      this.#held = (this.#held << take) | ((value >>> left) & ((1 << take) - 1));
      this.#free -= take;
      if (this.#free === 0) this.#flush();
    }
  }

  /** Elias gamma code of a value of at least 1. */
  gamma(value: number): void {
    const width = 31 - Math.clz32(value);
    this.unary(width);
    this.put(value & ((1 << width) - 1), width);
  }

  /** A number in unary: so many ones, then a zero. */
  unary(value: number): void {
    let left = value;
    while (left >= 15) {
      this.put(0x7fff, 15);
      left -= 15;
    }
    this.put(((1 << left) - 1) << 1, left + 1);
  }

  /** Appends another bit string. */
  append(other: BitWriter): void {
    const reader = new BitReader(other.toString());
    let left = other.length;
    while (left > 0) {
      const take = Math.min(left, WIDTH);
      this.put(reader.take(take), take);
      left -= take;
    }
  }

  /** The units; the last one is filled up with zeros. The writer may go on afterwards only where it ended on a unit. */
  toString(): string {
    const last = this.#free === WIDTH ? '' : String.fromCharCode(FIRST_UNIT + (this.#held << this.#free));
    return this.#units.join('') + this.#chunk + last;
  }

  #flush(): void {
    this.#chunk += String.fromCharCode(FIRST_UNIT + this.#held);
    if (this.#chunk.length >= 4096) {
      this.#units.push(this.#chunk);
      this.#chunk = '';
    }
    this.#held = 0;
    this.#free = WIDTH;
  }
}

/** Reads what a BitWriter wrote. Past the end it reads zeros. */
export class BitReader {
  #units: string;
  /** Bit that is read next. */
  at: number;

  constructor(units: string, at = 0) {
    this.#units = units;
    this.at = at;
  }

  take(width: number): number {
    let value = 0;
    let left = width;
    while (left > 0) {
      const unit = Math.floor(this.at / WIDTH);
      const rest = WIDTH - (this.at - unit * WIDTH);
      const take = left < rest ? left : rest;
      const held = unit < this.#units.length ? this.#units.charCodeAt(unit) - FIRST_UNIT : 0;
      value = (value << take) | ((held >>> (rest - take)) & ((1 << take) - 1));
      this.at += take;
      left -= take;
    }
    return value;
  }

  unary(): number {
    let value = 0;
    for (;;) {
      const unit = Math.floor(this.at / WIDTH);
      const rest = WIDTH - (this.at - unit * WIDTH);
      const held = unit < this.#units.length ? this.#units.charCodeAt(unit) - FIRST_UNIT : 0;
      // The highest zero among the bits that are left of this unit ends the number.
      const zeros = ~held & ((1 << rest) - 1);
      if (zeros !== 0) {
        const ones = rest - (32 - Math.clz32(zeros));
        this.at += ones + 1;
        return value + ones;
      }
      value += rest;
      this.at += rest;
    }
  }

  gamma(): number {
    const width = Math.min(this.unary(), 30);
    return (1 << width) | this.take(width);
  }
}
