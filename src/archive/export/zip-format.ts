/** An entry of a ZIP; sizes and places in bytes. */
export interface ZipEntry {
  name: Buffer;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  size: number;
  packed: number;
  /** Of its local header. */
  offset: number;
  /** Its sizes have the wide fields, in both headers: some players take the one to be as long as the other. */
  large: boolean;
}

/** From here on a size or place needs the wide fields of ZIP64. */
export const ZIP_LIMIT = 0xffffffff;
/** 1 January 1980: the same archive gives the same bytes. */
const DOS_DATE = 0x21;
/** Names are UTF-8. */
const FLAGS = 0x800;

/** Header before an entry's bytes (APPNOTE 4.3.7). */
export function localHeader(entry: ZipEntry): Buffer {
  const { large } = entry;
  const extra = large ? Buffer.alloc(20) : Buffer.alloc(0);
  if (large) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(16, 2);
    extra.writeBigUInt64LE(BigInt(entry.size), 4);
    extra.writeBigUInt64LE(BigInt(entry.packed), 12);
  }
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(large ? 45 : 20, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(entry.method, 8);
  head.writeUInt16LE(DOS_DATE, 12);
  head.writeUInt32LE(entry.crc, 14);
  head.writeUInt32LE(large ? ZIP_LIMIT : entry.packed, 18);
  head.writeUInt32LE(large ? ZIP_LIMIT : entry.size, 22);
  head.writeUInt16LE(entry.name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, entry.name, extra]);
}

/** The entry in the directory (APPNOTE 4.3.12), with the wide fields that it needs (4.5.3). */
export function centralHeader(entry: ZipEntry): Buffer {
  const wide = [
    ...(entry.large ? [entry.size, entry.packed] : []),
    ...(entry.offset >= ZIP_LIMIT ? [entry.offset] : []),
  ];
  const extra = Buffer.alloc(wide.length === 0 ? 0 : 4 + 8 * wide.length);
  if (wide.length > 0) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8 * wide.length, 2);
    wide.forEach((value, index) => {
      extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
    });
  }
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(wide.length > 0 ? 45 : 20, 4);
  head.writeUInt16LE(wide.length > 0 ? 45 : 20, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(entry.method, 10);
  head.writeUInt16LE(DOS_DATE, 14);
  head.writeUInt32LE(entry.crc, 16);
  head.writeUInt32LE(entry.large ? ZIP_LIMIT : entry.packed, 20);
  head.writeUInt32LE(entry.large ? ZIP_LIMIT : entry.size, 24);
  head.writeUInt16LE(entry.name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(Math.min(entry.offset, ZIP_LIMIT), 42);
  return Buffer.concat([head, entry.name, extra]);
}

/** What ends a ZIP: of so many entries, a directory that starts there and is so long (APPNOTE 4.3.14 to 4.3.16). */
export function endRecords(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(size, ZIP_LIMIT), 12);
  end.writeUInt32LE(Math.min(start, ZIP_LIMIT), 16);
  if (count < 0xffff && size < ZIP_LIMIT && start < ZIP_LIMIT) return end;
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(45, 12);
  wide.writeUInt16LE(45, 14);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([wide, locator, end]);
}
