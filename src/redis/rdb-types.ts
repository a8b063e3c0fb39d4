/** What follows a key in an RDB, as real servers number it. */
export const TYPE = {
  string: 0,
  list: 1,
  set: 2,
  zset: 3,
  hash: 4,
  zset2: 5,
  module: 6,
  module2: 7,
  hashZipmap: 9,
  listZiplist: 10,
  setIntset: 11,
  zsetZiplist: 12,
  hashZiplist: 13,
  listQuicklist: 14,
  stream: 15,
  hashListpack: 16,
  zsetListpack: 17,
  listQuicklist2: 18,
  stream2: 19,
  setListpack: 20,
  stream3: 21,
  /** 22 and 23 are of the release candidates of 7.4: times absolute, no least one in front. In a file of Valkey, 22 is its own. */
  hashMetadataEarly: 22,
  hashListpackEarly: 23,
  hashMetadata: 24,
  hashListpackTtl: 25,
  /** Of Redis 8.6 and 8.8: what producers sent before, and entries that were handed back. Read only. */
  stream4: 26,
  stream5: 27,
} as const;

/** What else can stand where a type may. */
export const OPCODE = {
  /** Of a Redis: what modules keep beside a key (8.6). Of a Valkey: slots that are on their way in (9.0). */
  keyMetadata: 243,
  slotInfo: 244,
  function2: 245,
  functionEarly: 246,
  moduleAux: 247,
  idle: 248,
  frequency: 249,
  aux: 250,
  resize: 251,
  expireMs: 252,
  expireSeconds: 253,
  selectDb: 254,
  end: 255,
} as const;

/** How a quicklist of 7.0 and later holds a node. */
export const NODE = { plain: 1, packed: 2 } as const;

/** How a module marks the parts of its value. */
export const PART = { end: 0, signed: 1, unsigned: 2, float: 3, double: 4, string: 5 } as const;
