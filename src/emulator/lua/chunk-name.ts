/** What of a chunk's name error messages show (LUA_IDSIZE of Lua 5.1). */
const LONGEST = 60;

/** How Lua names the place of an error: the file of `@file`, the text of `=text`, or the start of the source. */
export function chunkName(source: string): string {
  if (source.startsWith('=')) return source.slice(1, LONGEST);
  if (source.startsWith('@')) {
    const name = source.slice(1);
    const most = LONGEST - " '...' ".length - 1;
    return name.length > most ? `...${name.slice(name.length - most)}` : name;
  }
  const end = source.search(/[\r\n]/);
  const first = end < 0 ? source : source.slice(0, end);
  const most = LONGEST - ' [string "..."] '.length - 1;
  return first.length > most || end >= 0 ? `[string "${first.slice(0, most)}..."]` : `[string "${first}"]`;
}
