import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { createBait } from '../emulator/bait/create-bait.ts';
import type { MasterDialler } from '../emulator/master-link.ts';
import type { Persona } from '../emulator/persona.ts';
import type { Journal } from '../journal/journal.ts';
import type { TapeRecorder } from '../model/recording.ts';
import { DEFAULT_LIMITS } from '../sensors/redis/limits.ts';
import type { RedisSensor } from '../sensors/redis/sensor.ts';
import { listenRedis } from '../sensors/redis/sensor.ts';
import { openWorldFile } from '../sensors/redis/world-file.ts';
import type { Context } from './context.ts';
import { worldFile } from './data-folder.ts';
import type { DoorOptions } from './door-options.ts';
import { addDoorOptions, doorsOf } from './door-options.ts';
import { listenAt, parseEndpoint } from './endpoint.ts';
import { noteTokens } from './honeytokens.ts';
import { collect } from './options.ts';
import { mostConnections } from './other-doors.ts';

export interface SensorOptions extends DoorOptions {
  readonly redis?: readonly string[];
  readonly name: string;
  readonly locked?: string | true;
  readonly bait: boolean;
}

export const REDIS_PORT = 6379;
/** Passwords that every guesser tries. */
const WEAK = [
  '123456',
  'redis',
  'password',
  'foobared',
  'admin',
  '12345678',
  'root',
  'redis123',
  'qwerty',
  '111111',
];

export function addSensorOptions(command: Command): Command {
  return addDoorOptions(
    command.option(
      '--redis <host:port>',
      `where the sensor listens, may be repeated (default: 127.0.0.1:${REDIS_PORT}, or the next free port)`,
      collect,
    ),
  )
    .option('--name <name>', 'what this sensor is called in its events', 'redis')
    .option('--locked [password]', 'ask for a password; a weak one that guessers find, when none is named')
    .option('--no-bait', 'begin with an empty server instead of one that somebody seems to use');
}

/** Opens the sensors that were asked for; none stays open when one cannot be. The doors lead into the first one. */
export async function listenSensors(
  options: SensorOptions,
  parts: {
    readonly data: string;
    readonly journal: Journal;
    readonly dialler: MasterDialler | undefined;
    readonly persona: Persona;
    readonly tapes: TapeRecorder | undefined;
    /** Of the files that the system lets this process have, the part of these sensors: 0 to 1. */
    readonly share: number;
  },
  context: Context,
): Promise<RedisSensor[]> {
  const { clock, random, terminal } = context;
  const { data, journal, dialler, persona, tapes } = parts;
  const asked = (options.redis ?? []).map((text) => parseEndpoint(text, REDIS_PORT));
  const wanted = asked.length > 0 ? asked : [{ host: '127.0.0.1', port: REDIS_PORT }];
  const doors = await doorsOf(options, data, context);
  const sensors: RedisSensor[] = [];
  try {
    for (const at of wanted) {
      const { listening } = await listenAt(at, asked.length === 0, ({ host, port }) => {
        const name = sensorName(options, port);
        return listenRedis({
          host,
          port,
          name,
          recorder: journal,
          tapes,
          clock,
          random,
          dialler,
          persona,
          doors: sensors.length === 0 ? doors : [],
          limits: { connections: mostConnections(DEFAULT_LIMITS.connections, parts.share / wanted.length) },
          world: openWorldFile(worldFile(data, name)),
          settings: settingsOf(options, `${hostname()} ${data} ${name}`),
          bait: options.bait ? createBait(random, clock.now()) : undefined,
          onBait: ({ tokens }) => noteTokens(data, name, tokens, clock.now()),
          onTrouble: (message) => terminal.err(`sundew: ${message}\n`),
        });
      });
      sensors.push(listening);
    }
  } catch (error) {
    for (const sensor of sensors) await sensor.close();
    throw error;
  }
  return sensors;
}

/** Several sensors of one process are told apart by their port. */
export function sensorName({ name, redis }: Pick<SensorOptions, 'name' | 'redis'>, port: number): string {
  return (redis?.length ?? 0) > 1 ? `${name}-${port}` : name;
}

function settingsOf({ locked }: SensorOptions, place: string): ReadonlyMap<string, string> {
  if (locked === undefined) return new Map();
  // The same one at each start: a server does not change its password when it comes back.
  const at = createHash('sha256').update(place).digest().readUInt16LE() % WEAK.length;
  return new Map([['requirepass', locked === true ? (WEAK[at] ?? 'redis') : locked]]);
}
