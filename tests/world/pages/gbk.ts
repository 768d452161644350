/** Unicode to GBK bytes, from the platform's own decoder turned round. */
let table: Map<string, [number, number]> | null = null;

function build(): Map<string, [number, number]> {
  const decoder = new TextDecoder('gbk');
  const made = new Map<string, [number, number]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      if (low === 0x7f) continue;
      const sign = decoder.decode(Uint8Array.of(high, low));
      if (sign.length === 1 && sign !== '\ufffd' && !made.has(sign)) made.set(sign, [high, low]);
    }
  }
  return made;
}

/** The text as GBK bytes; what GBK has not becomes a numeric character reference, as browsers send it. */
export function gbk(text: string): Uint8Array {
  table ??= build();
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const pair = table.get(sign);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(...pair);
    else bytes.push(...Buffer.from(`&#${code};`, 'latin1'));
  }
  return Uint8Array.from(bytes);
}
