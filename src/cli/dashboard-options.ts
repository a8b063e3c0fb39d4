import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { recordsIn } from '../capture/quarantine.ts';
import type { Journal } from '../journal/journal.ts';
import { packageRoot } from '../platform/files.ts';
import type { RedisSensor } from '../sensors/redis/sensor.ts';
import type { Dashboard } from '../serve/dashboard.ts';
import { listenDashboard, NotLoopbackError } from '../serve/dashboard.ts';
import type { SensorPlace } from '../serve/overview.ts';
import { isLoopback } from '../serve/own-address.ts';
import type { EventStore } from '../store/event-store.ts';
import type { Context } from './context.ts';
import { dashboardCertificate } from './dashboard-certificate.ts';
import { auditsFolder, capturesFolder, journalFolder, recordingsFolder } from './data-folder.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointText, listenAt, parseEndpoint } from './endpoint.ts';
import { Complaint } from './exit.ts';
import type { Observation } from './history.ts';
import type { SensorOptions } from './listen-sensors.ts';
import { sensorName } from './listen-sensors.ts';
import type { Places } from './places.ts';

export interface DashboardFlags {
  readonly dashboard: string | false | undefined;
  readonly dashboardPasswordFile?: string;
  readonly dashboardCert?: string;
  readonly dashboardKey?: string;
}

export interface OpenDashboard extends Dashboard {
  readonly url: string;
}

const DASHBOARD_PORT = 8377;
const SHORTEST_PASSWORD = 12;

export function addDashboardOptions(command: Command): Command {
  return command
    .option(
      '--dashboard <host:port>',
      `where the dashboard listens; beyond loopback it needs a password (default: 127.0.0.1:${DASHBOARD_PORT}, or the next free port)`,
    )
    .option('--no-dashboard', 'run without the dashboard')
    .option(
      '--dashboard-password-file <file>',
      `a file whose first line is its password, ${SHORTEST_PASSWORD} characters at least; or SUNDEW_DASHBOARD_PASSWORD`,
    )
    .option(
      '--dashboard-cert <file>',
      'its certificate, PEM (default beyond loopback: one of its own, made once)',
    )
    .option('--dashboard-key <file>', 'the private key of --dashboard-cert');
}

export async function openDashboard(
  options: DashboardFlags & SensorOptions,
  parts: {
    data: string;
    journal: Journal;
    observation: Observation;
    sensors: readonly RedisSensor[];
    others: readonly SensorPlace[];
    store: EventStore | undefined;
    places: Places;
  },
  context: Context,
): Promise<OpenDashboard | undefined> {
  if (options.dashboard === false) return undefined;
  const { clock, version } = context;
  const at = parseEndpoint(options.dashboard ?? `127.0.0.1:${DASHBOARD_PORT}`, DASHBOARD_PORT);
  const password = await readPassword(options.dashboardPasswordFile);
  const tls = await certificateFor(options, at, password !== undefined, parts.data, context);
  const { listening } = await listenAt(at, options.dashboard === undefined, ({ host, port }) =>
    listenDashboard({
      host,
      port,
      ledger: parts.observation.ledger,
      journal: { folder: journalFolder(parts.data), status: () => parts.journal.status() },
      recordings: recordingsFolder(parts.data),
      store: parts.store,
      placeSources: parts.places.sources,
      captures: () => recordsIn(capturesFolder(parts.data)),
      audits: auditsFolder(parts.data),
      password,
      tls,
      sensors: [
        ...parts.sensors.map((sensor) => ({
          name: sensorName(options, sensor.port),
          host: sensor.host,
          port: sensor.port,
          protocol: 'redis' as const,
        })),
        ...parts.others,
      ],
      version,
      clock,
      pageFolder: join(packageRoot, 'dist', 'ui'),
    }).catch((error: unknown) => {
      throw error instanceof NotLoopbackError ? new Complaint(error.message, error.remedy) : error;
    }),
  );
  return { ...listening, url: `${tls === undefined ? 'http' : 'https'}://${endpointText(listening)}` };
}

async function readPassword(file: string | undefined): Promise<string | undefined> {
  const text =
    file === undefined
      ? process.env['SUNDEW_DASHBOARD_PASSWORD']
      : await readFile(file, 'utf8').catch((error: Error) => {
          throw new Complaint(
            `The password file cannot be read: ${error.message}.`,
            'Check its path and rights.',
          );
        });
  if (text === undefined || (file === undefined && text === '')) return undefined;
  const password = text.split('\n', 1)[0]?.replace(/\r$/, '') ?? '';
  if (password.length < SHORTEST_PASSWORD) {
    throw new Complaint(
      `The password of the dashboard is shorter than ${SHORTEST_PASSWORD} characters.`,
      'Make one with: openssl rand -base64 18',
    );
  }
  return password;
}

async function certificateFor(
  { dashboardCert, dashboardKey }: DashboardFlags,
  { host }: Endpoint,
  password: boolean,
  data: string,
  context: Context,
): Promise<{ key: string; cert: string } | undefined> {
  if ((dashboardCert === undefined) !== (dashboardKey === undefined)) {
    throw new Complaint(
      'A certificate and its key go together.',
      'Give --dashboard-cert and --dashboard-key.',
    );
  }
  if (dashboardCert !== undefined && dashboardKey !== undefined) {
    return {
      cert: await readFile(dashboardCert, 'utf8').catch(unreadable),
      key: await readFile(dashboardKey, 'utf8').catch(unreadable),
    };
  }
  return isLoopback(host) || !password ? undefined : dashboardCertificate(data, context);
}

function unreadable(error: Error): never {
  throw new Complaint(`The certificate cannot be read: ${error.message}.`, 'Check its path and rights.');
}
