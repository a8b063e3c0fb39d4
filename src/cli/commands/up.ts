import { LURE } from '../../emulator/persona.ts';
import type { Fsync, Journal } from '../../journal/journal.ts';
import { printable } from '../../model/printable.ts';
import { severityRank } from '../../model/severity.ts';
import { findingLines } from '../../outputs/event-text.ts';
import type { HttpSensor } from '../../sensors/http/sensor.ts';
import type { RedisSensor } from '../../sensors/redis/sensor.ts';
import type { RunningAlerts } from '../alerts/run-alerts.ts';
import { startAlerts } from '../alerts/run-alerts.ts';
import type { CaptureOptions } from '../capture-options.ts';
import { addCaptureOptions, openCapture } from '../capture-options.ts';
import type { AddCommand, Context } from '../context.ts';
import type { CrsOptions } from '../crs-option.ts';
import { addCrsOption, openCrs } from '../crs-option.ts';
import type { DashboardFlags, OpenDashboard } from '../dashboard-options.ts';
import { addDashboardOptions, openDashboard } from '../dashboard-options.ts';
import { dataFolder } from '../data-folder.ts';
import type { Endpoint } from '../endpoint.ts';
import { endpointText } from '../endpoint.ts';
import { Exit } from '../exit.ts';
import type { Observation } from '../history.ts';
import { replay, startObservation } from '../history.ts';
import type { HttpOptions } from '../http-sensor.ts';
import { addHttpOptions, listenHttpSensor } from '../http-sensor.ts';
import { loadKnowledge } from '../knowledge.ts';
import { createLatch } from '../latch.ts';
import type { SensorOptions } from '../listen-sensors.ts';
import { addSensorOptions, listenSensors, REDIS_PORT } from '../listen-sensors.ts';
import { addFsyncOption, openJournalOrComplain } from '../open-journal.ts';
import { dataOption, ruleFoldersOption } from '../options.ts';
import { OTHER_DOOR_SHARE, otherSensorName } from '../other-doors.ts';
import { choosePersona } from '../persona-choice.ts';
import { loadPlaces } from '../places.ts';
import type { RecordingOptions } from '../recording-options.ts';
import { addRecordingOptions, openRecordingsOrComplain } from '../recording-options.ts';
import type { NamedSmbSensor, SmbOptions } from '../smb-sensor.ts';
import { addSmbOption, listenSmbSensors, smbLines } from '../smb-sensor.ts';
import type { StoreOptions } from '../store-options.ts';
import { addStoreOptions, openStore } from '../store-options.ts';
import { styleFor } from '../terminal.ts';

interface UpOptions
  extends CaptureOptions,
    CrsOptions,
    DashboardFlags,
    HttpOptions,
    RecordingOptions,
    SensorOptions,
    SmbOptions,
    StoreOptions {
  readonly alerts?: string;
  readonly data?: string;
  readonly rules: readonly string[];
  readonly persona?: string;
  readonly fsync: Fsync;
}

export const upCommand: AddCommand = (program, context, end) => {
  addStoreOptions(
    addDashboardOptions(
      addRecordingOptions(
        addCaptureOptions(
          addSmbOption(addHttpOptions(addSensorOptions(addCrsOption(addFsyncOption(program.command('up')))))),
        ),
      ),
    ),
  )
    .description(
      'run a Redis sensor (HTTP and SMB too, where asked for), the journal, the detection and the dashboard, until interrupted',
    )
    .option(
      '--persona <name|file>',
      `what the sensor pretends to be; sundew persona list shows which there are (default: ${LURE})`,
    )
    .option(
      '--alerts <file>',
      'tell people of findings, as this file says; sundew alerts check FILE explains it',
    )
    .addOption(dataOption())
    .addOption(ruleFoldersOption())
    .action(async (options: UpOptions) => end(await up(options, context)));
};

async function up(options: UpOptions, context: Context): Promise<Exit> {
  const { terminal, signal } = context;
  const persona = choosePersona(options.persona);
  const data = dataFolder(options.data);
  const places = loadPlaces(data, terminal);
  const observation = startObservation(loadKnowledge(options.rules), {
    places,
    crs: openCrs(options, context),
    chronicle: true,
  });
  const journal = await openJournalOrComplain(data, options.fsync, context);
  const closing: (() => Promise<void>)[] = [() => journal.close()];
  const calm = outliveFaults(terminal);
  try {
    await replay(data, observation, terminal);
    const alerts =
      options.alerts === undefined
        ? undefined
        : await startAlerts(options.alerts, observation.ledger, context);
    if (alerts !== undefined) closing.push(() => alerts.close());
    const dialler = openCapture(options, data, context);
    const tapes = await openRecordingsOrComplain(options, data, context);
    if (tapes !== undefined) closing.unshift(() => tapes.close());
    const parts = { data, journal, dialler, persona, tapes };
    // Before anyone can visit: opening the quarantine clears what a crash left on its way in.
    const http = await listenHttpSensor(options, parts, context);
    if (http !== undefined) closing.unshift(() => http.close());
    const share =
      1 - (http === undefined ? 0 : OTHER_DOOR_SHARE) - (options.smb === undefined ? 0 : OTHER_DOOR_SHARE);
    const sensors = await listenSensors(options, { ...parts, share }, context);
    closing.unshift(...sensors.map((sensor) => () => sensor.close()));
    const smb = await listenSmbSensors(options, parts, context);
    closing.unshift(...smb.map((sensor) => () => sensor.close()));
    const store = openStore(options, data, context);
    if (store !== undefined) closing.push(() => store.close());
    const dashboard = await openDashboard(
      options,
      {
        data,
        journal,
        observation,
        sensors,
        others: [
          ...(http === undefined
            ? []
            : [http, ...http.doors].map(({ host, port }) => ({
                name: otherSensorName(options.name, 'http'),
                host,
                port,
                protocol: 'http' as const,
              }))),
          ...smb.map(({ name, host, port }) => ({ name, host, port, protocol: 'smb' as const })),
        ],
        store,
        places,
      },
      context,
    );
    if (dashboard !== undefined) closing.push(() => dashboard.close());
    watch(journal, observation, { dashboard, alerts }, context);
    await terminal.out(welcome({ sensors, http, smb }, dashboard, data, options));
    const stopped = createLatch();
    signal.addEventListener('abort', stopped.open, { once: true });
    if (!signal.aborted) await stopped.opened;
    terminal.err('\nStopping: closing the listeners, writing what is left.\n');
  } finally {
    for (const close of closing) await close();
    calm();
  }
  // What a full disk kept from being written is lost now; it has been said.
  return journal.status().trouble === undefined ? Exit.fine : Exit.partial;
}

/** Faults that are told: the first ones, then each so many more. */
const FIRST_FAULTS = 10;
const EACH_FAULTS = 1_000;

/**
 * A fault of ours in a timer or a callback must not end the sensor: it is told, and everything else goes on. What serves
 * one visitor has a boundary of its own. Returns what takes this one away.
 */
function outliveFaults(terminal: Context['terminal']): () => void {
  let faults = 0;
  const tell = (error: unknown): void => {
    faults++;
    if (faults > FIRST_FAULTS && faults % EACH_FAULTS !== 0) return;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const place = printable(stack.split('\n').slice(0, 2).join(' '), 300);
    terminal.err(
      `sundew: a fault of its own, number ${faults}, and it goes on; please report it: ${place}\n`,
    );
  };
  process.on('uncaughtException', tell).on('unhandledRejection', tell);
  return () => process.off('uncaughtException', tell).off('unhandledRejection', tell);
}

/** From here on every acknowledged event goes through the rules, to the terminal and to open pages. */
function watch(
  journal: Journal,
  observation: Observation,
  { dashboard, alerts }: { dashboard: OpenDashboard | undefined; alerts: RunningAlerts | undefined },
  { terminal }: Context,
): void {
  const style = styleFor(terminal, 'err');
  journal.onAcknowledged((events) => {
    const findings = events.flatMap((event) => observation.observe(event).findings);
    dashboard?.publish(events, findings);
    alerts?.observe(findings);
    for (const finding of findings) {
      if (severityRank(finding.severity) < severityRank('medium')) continue;
      terminal.err(`${finding.peer.address} ${finding.session}\n${findingLines(finding, style)}`);
    }
  });
  journal.onTrouble((message) => {
    terminal.err(
      message === undefined
        ? 'sundew: the journal writes again; nothing was lost.\n'
        : `sundew: ${message}\n`,
    );
  });
}

/** What listens. */
interface OpenSensors {
  readonly sensors: readonly RedisSensor[];
  readonly http: HttpSensor | undefined;
  readonly smb: readonly NamedSmbSensor[];
}

function welcome(
  { sensors, http, smb }: OpenSensors,
  dashboard: OpenDashboard | undefined,
  data: string,
  options: UpOptions,
): string {
  const byNpm = process.env['npm_lifecycle_event'] !== undefined;
  const folder = options.data === undefined ? '' : ` --data ${data}`;
  const follow = `${byNpm ? 'npm run sundew --' : 'sundew'} events --follow${folder}`;
  const expose = `${byNpm ? 'npm start --' : 'sundew up'} --redis 0.0.0.0:${REDIS_PORT}${folder}`;
  const [first] = sensors;
  const where = sensors
    .flatMap((sensor) => [sensor, ...sensor.doors])
    .map(endpointText)
    .join(', ');
  const moved = first !== undefined && options.redis === undefined ? movedNote(first) : '';
  const page = dashboard === undefined ? 'switched off' : dashboard.url;
  return [
    `Redis sensor  ${where}${moved}`,
    ...(http === undefined ? [] : [`HTTP sensor   ${[http, ...http.doors].map(endpointText).join(', ')}`]),
    ...smbLines(smb),
    `Dashboard     ${page}`,
    `Data          ${data}`,
    ...(options.capture === undefined
      ? []
      : [
          `Captures      masters that visitors name are dialled; what they send: sundew capture list${folder}`,
        ]),
    `Try it        redis-cli -p ${first?.port ?? REDIS_PORT} info server    (then: ${follow})`,
    `Expose it     on purpose only, on a machine with nothing to lose: ${expose}`,
    '',
  ].join('\n');
}

function movedNote({ port }: Endpoint): string {
  return port === REDIS_PORT ? '' : `  (something else listens on ${REDIS_PORT}: a real Redis?)`;
}
