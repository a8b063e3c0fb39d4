import { hostname } from 'node:os';
import type { Command } from 'commander';
import { Option } from 'commander';
import { fileKind } from '../capture/file-kind.ts';
import { DEFAULT_CAPTURE_RULES } from '../capture/gate.ts';
import type { Quarantine } from '../capture/quarantine.ts';
import { openQuarantine } from '../capture/quarantine.ts';
import { injectionLoss } from '../content/injection.ts';
import type { Journal } from '../journal/journal.ts';
import type { Door } from '../sensors/doors.ts';
import { DEFAULT_HTTP_LIMITS } from '../sensors/http/limits.ts';
import type { UploadKeeper } from '../sensors/http/offered-file.ts';
import { DEFAULT_HTTP_PERSONA, findHttpPersona, httpPersonaNames } from '../sensors/http/persona.ts';
import type { HttpSensor } from '../sensors/http/sensor.ts';
import { listenHttp } from '../sensors/http/sensor.ts';
import type { CaptureOptions } from './capture-options.ts';
import type { Context } from './context.ts';
import { capturesFolder } from './data-folder.ts';
import type { DoorOptions } from './door-options.ts';
import { doorsOf } from './door-options.ts';
import { cannotListen, endpointText, parseEndpoint } from './endpoint.ts';
import { Complaint } from './exit.ts';
import { collect } from './options.ts';
import { mostConnections, OTHER_DOOR_SHARE, otherSensorName } from './other-doors.ts';

/** The HTTP sensor of `sundew up`; there is none unless a way into it is named. */
export interface HttpOptions {
  readonly http?: readonly string[];
  readonly https?: readonly string[];
  readonly httpProxy?: readonly string[];
  readonly httpPersona?: string;
}

const HTTP_PORT = 8_080;
const HTTPS_PORT = 8_443;
const PROXY_PORT = 8_081;
const MEGABYTE = 1_048_576;

export function addHttpOptions(command: Command): Command {
  return command
    .option(
      '--http <host:port>',
      `run an HTTP sensor too, may be repeated (usual port: ${HTTP_PORT}; docs/http.md)`,
      collect,
    )
    .option('--https <host:port>', `the same over TLS, may be repeated (usual port: ${HTTPS_PORT})`, collect)
    .option('--http-proxy <host:port>', 'the same behind a balancer, as --proxy, may be repeated', collect)
    .addOption(
      new Option(
        '--http-persona <name>',
        `what it pretends to be (default: ${DEFAULT_HTTP_PERSONA})`,
      ).choices(httpPersonaNames()),
    );
}

type Options = HttpOptions & DoorOptions & CaptureOptions & { readonly name: string };

/** Undefined when none was asked for. One sensor for all its doors: a visitor has one session, whichever it takes. */
export async function listenHttpSensor(
  options: Options,
  { data, journal }: { readonly data: string; readonly journal: Journal },
  context: Context,
): Promise<HttpSensor | undefined> {
  const { http = [], https, httpProxy } = options;
  const plain = http.map((text) => ({ kind: 'plain', ...parseEndpoint(text, HTTP_PORT) }) as const);
  const other = await doorsOf(
    {
      ...options,
      tls: (https ?? []).map((text) => endpointText(parseEndpoint(text, HTTPS_PORT))),
      proxy: (httpProxy ?? []).map((text) => endpointText(parseEndpoint(text, PROXY_PORT))),
    },
    data,
    context,
  );
  const [first, ...more]: Door[] = [...plain, ...other];
  if (first === undefined) return undefined;
  const persona = findHttpPersona(options.httpPersona ?? DEFAULT_HTTP_PERSONA);
  const { clock, random, terminal } = context;
  const loss = injectionLoss();
  if (loss !== undefined) terminal.err(`sundew: ${loss}; npm install @datadog/native-appsec brings it.\n`);
  const name = otherSensorName(options.name, 'http');
  try {
    return await listenHttp({
      doors: [first, ...more],
      name,
      seed: `${hostname()} ${data} ${name}`,
      ...(persona === undefined ? {} : { persona }),
      recorder: journal,
      clock,
      random,
      limits: { connections: mostConnections(DEFAULT_HTTP_LIMITS.connections, OTHER_DOOR_SHARE) },
      keepUpload: openUploads(options, data, context),
      onTrouble: (message) => terminal.err(`sundew: ${message}\n`),
    });
  } catch (error) {
    throw notListening([first, ...more], error);
  }
}

/** The system names the address that it refused. */
function notListening(doors: readonly Door[], error: unknown): unknown {
  const port = error instanceof Error && 'port' in error ? error.port : undefined;
  const door = doors.find((one) => one.port === port) ?? doors[0];
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return door === undefined ? error : cannotListen(door, code, error);
}

function openUploads(options: Options, data: string, { random, clock }: Context): UploadKeeper {
  const folder = capturesFolder(data);
  const { captureQuota } = options;
  const quota = captureQuota === undefined ? DEFAULT_CAPTURE_RULES.quotaBytes : captureQuota * MEGABYTE;
  try {
    return keeperOf(openQuarantine(folder, quota, random), clock);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Complaint(
      `The folder for files of visitors ${folder} cannot be used (${String(error.code)}).`,
      'Make it writable for this user, or choose another data folder with --data DIR.',
    );
  }
}

/** Hands the files of visitors to the quarantine, where those of masters lie too. */
export function keeperOf(quarantine: Quarantine, clock: Context['clock']): UploadKeeper {
  return {
    kindOf: fileKind,
    begin: () => {
      if (quarantine.room() === 0) return undefined;
      const spool = quarantine.begin();
      return {
        write: (piece) => spool.write(piece),
        abort: () => spool.abort(),
        finish: ({ session, address, port, path }) =>
          spool.finish({ time: clock.now(), session, host: address, address, port, path }).fresh,
      };
    },
  };
}
