import { hostname } from 'node:os';
import type { Command } from 'commander';
import type { Journal } from '../journal/journal.ts';
import { DEFAULT_SMB_LIMITS } from '../sensors/smb/limits.ts';
import type { SmbSensor } from '../sensors/smb/sensor.ts';
import { listenSmb } from '../sensors/smb/sensor.ts';
import type { Context } from './context.ts';
import { endpointText, listenAt, parseEndpoint } from './endpoint.ts';
import { collect } from './options.ts';
import { mostConnections, OTHER_DOOR_SHARE, otherSensorName } from './other-doors.ts';

export interface SmbOptions {
  readonly smb?: readonly string[];
  readonly name: string;
}

/** A sensor that listens, and what it is called in its events. */
export interface NamedSmbSensor extends SmbSensor {
  readonly name: string;
}

const SMB_PORT = 445;

export function addSmbOption(command: Command): Command {
  return command.option(
    '--smb <host:port>',
    `listen as an old Windows file server (SMB1) too, may be repeated (usual port: ${SMB_PORT}; off unless asked for)`,
    collect,
  );
}

/** Opens the SMB sensors that were asked for; none stays open when one cannot be. */
export async function listenSmbSensors(
  options: SmbOptions,
  { data, journal }: { readonly data: string; readonly journal: Journal },
  { clock, random, terminal }: Pick<Context, 'clock' | 'random' | 'terminal'>,
): Promise<NamedSmbSensor[]> {
  const wanted = (options.smb ?? []).map((text) => parseEndpoint(text, SMB_PORT));
  const sensors: NamedSmbSensor[] = [];
  try {
    for (const at of wanted) {
      const { listening } = await listenAt(at, false, async ({ host, port }) => {
        const base = otherSensorName(options.name, 'smb');
        const name = wanted.length > 1 ? `${base}-${port}` : base;
        const sensor = await listenSmb({
          host,
          port,
          name,
          recorder: journal,
          clock,
          random,
          limits: {
            connections: mostConnections(DEFAULT_SMB_LIMITS.connections, OTHER_DOOR_SHARE / wanted.length),
          },
          seed: `${hostname()} ${data} ${name}`,
          onTrouble: (message) => terminal.err(`sundew: ${message}\n`),
        });
        return { ...sensor, name };
      });
      sensors.push(listening);
    }
  } catch (error) {
    for (const sensor of sensors) await sensor.close();
    throw error;
  }
  return sensors;
}

/** The line of the greeting; none when there is no such sensor. */
export function smbLines(sensors: readonly NamedSmbSensor[]): string[] {
  return sensors.length === 0 ? [] : [`SMB sensor    ${sensors.map(endpointText).join(', ')}`];
}
