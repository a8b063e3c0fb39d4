/** Puts together an ELF file (64 bit, little-endian) with names in it and not one instruction: it cannot be run. */
export function inertElf(options: {
  readonly symbols: readonly string[];
  readonly texts: readonly string[];
}): Buffer {
  const symbolNames = Buffer.from(`\0${options.symbols.join('\0')}\0`, 'latin1');
  const texts = Buffer.from(`${options.texts.join('\0')}\0`, 'latin1');
  const symbols = Buffer.alloc(24 * (options.symbols.length + 1));
  let name = 1;
  for (const [index, symbol] of options.symbols.entries()) {
    symbols.writeUInt32LE(name, 24 * (index + 1));
    name += symbol.length + 1;
  }
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(62, 18);
  header.writeBigUInt64LE(BigInt(64 + symbols.length + symbolNames.length + texts.length), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(4, 60);
  let at = 64;
  const section = (type: number, flags: number, size: number, link = 0): Buffer => {
    const row = Buffer.alloc(64);
    row.writeUInt32LE(type, 4);
    row.writeBigUInt64LE(BigInt(flags), 8);
    row.writeBigUInt64LE(BigInt(at), 24);
    row.writeBigUInt64LE(BigInt(size), 32);
    row.writeUInt32LE(link, 40);
    at += size;
    return row;
  };
  const rows = [
    Buffer.alloc(64),
    section(11, 2, symbols.length, 2),
    section(3, 2, symbolNames.length),
    section(1, 2, texts.length),
  ];
  return Buffer.concat([header, symbols, symbolNames, texts, ...rows]);
}
