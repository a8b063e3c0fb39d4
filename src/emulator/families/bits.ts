import { getBit, setBit } from '../bits/bit.ts';
import { bitOp } from '../bits/combine.ts';
import { bitCount, bitPos } from '../bits/count-and-find.ts';
import { bitField } from '../bits/field.ts';
import type { Family } from '../command.ts';

export const bits: Family = {
  bitcount: bitCount,
  bitfield: (call) => bitField(call, false),
  bitfield_ro: (call) => bitField(call, true),
  bitop: bitOp,
  bitpos: bitPos,
  getbit: getBit,
  setbit: setBit,
};
