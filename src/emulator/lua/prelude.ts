import type { ByteString } from '../../model/bytes.ts';
import { API } from './prelude/api.ts';
import { ENTRY } from './prelude/entry.ts';
import { ESCAPE } from './prelude/escape.ts';
import { FOUNDATION } from './prelude/foundation.ts';
import { FUNCTIONS } from './prelude/functions.ts';
import { LIBRARIES } from './prelude/libraries.ts';
import { REPLIES } from './prelude/replies.ts';
import { WIDE } from './prelude/wide.ts';
import { WORLD } from './prelude/world.ts';

/**
 * The part of the machine that is written in Lua: the world scripts live in, by version. It runs once, in the engine's
 * own globals, which no script ever sees; scripts get `world`. `host` is the one way out, see `lua-machine.ts`.
 *
 * A `native` looks like a C function from Lua, because scripts can tell: a call in tail position keeps their line.
 *
 * Run with ARGV: this text, level, Valkey's version or '', version and its number, the Redis version told and its
 * number, whether `package` is in reach.
 */
export const PRELUDE: ByteString = [
  FOUNDATION,
  LIBRARIES,
  WIDE,
  API,
  REPLIES,
  WORLD,
  ESCAPE,
  FUNCTIONS,
  ENTRY,
].join('\n');
