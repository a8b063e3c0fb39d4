// What CONFIG SET of a real server takes, found by asking it: every setting gets values that it should refuse, and its
// own words say what it wants. Returns, by name: 'fixed', 'flag', 'text', { choices }, or { least, most, memory }.

/** Not asked: what locks the asker out, and what the emulator has rules of its own for. */
const UNASKED = {
  dir: 'text',
  dbfilename: 'text',
  requirepass: 'text',
  save: 'text',
  'notify-keyspace-events': 'text',
  'client-query-buffer-limit': { least: 0, most: Number.MAX_SAFE_INTEGER, memory: true },
};
const NO_VALUE = '!';

export async function recordSettings(client, config) {
  const kinds = {};
  for (const [name, value] of Object.entries(config)) {
    kinds[name] = UNASKED[name] ?? (await kindOf(client, name));
    await tried(client, name, value);
  }
  return kinds;
}

async function kindOf(client, name) {
  const said = await tried(client, name, NO_VALUE);
  if (said.includes('Unsupported CONFIG parameter')) return 'fixed';
  if (said.includes("must be 'yes' or 'no'")) return 'flag';
  const choices = /one of the following: (.*)$/.exec(said)?.[1];
  if (choices !== undefined) return { choices: choices.split(', ') };
  const memory = said.includes('must be a memory value');
  if (!memory && !said.includes("couldn't be parsed into an integer")) return 'text';
  const bounds = [];
  for (const far of memory ? ['0', '9223372036854775807'] : ['-9223372036854775808', '9223372036854775807']) {
    const refused = await tried(client, name, far);
    const found = /between (-?\d+) and (-?\d+) inclusive/.exec(refused);
    bounds.push(...(found ? [Number(found[1]), Number(found[2])] : refused === 'OK' ? [Number(far)] : []));
  }
  const within = (bound) => Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, bound));
  return { least: within(Math.min(...bounds)), most: within(Math.max(...bounds)), memory };
}

async function tried(client, name, value) {
  try {
    return await client.config('SET', name, value);
  } catch (error) {
    return error.message;
  }
}
