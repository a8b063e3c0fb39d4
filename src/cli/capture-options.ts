import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { CaptureRules } from '../capture/gate.ts';
import { createCaptureGate, DEFAULT_CAPTURE_RULES, parseRange } from '../capture/gate.ts';
import { createMasterCapture } from '../capture/master-capture.ts';
import { openQuarantine } from '../capture/quarantine.ts';
import type { MasterDialler } from '../emulator/master-link.ts';
import type { Context } from './context.ts';
import { capturesFolder } from './data-folder.ts';
import { Complaint } from './exit.ts';
import { collect, wholeNumber } from './options.ts';

/** What `sundew up` may fetch from the masters that visitors name; nothing unless `--capture masters`. */
export interface CaptureOptions {
  readonly capture?: 'masters';
  readonly captureAllow: readonly string[];
  readonly captureDeny: readonly string[];
  readonly captureOnly: readonly string[];
  readonly captureMax?: number;
  readonly captureQuota?: number;
  readonly captureSeconds?: number;
  readonly captureDials?: number;
}

const MEGABYTE = 1_048_576;

export function addCaptureOptions(command: Command): Command {
  const range = (flag: string, text: string): Option =>
    new Option(`${flag} <range>`, text).argParser(collectRange).default([], 'none');
  const number = (flag: string, text: string, most: number, usual: number): Option =>
    new Option(`${flag} <n>`, `${text} (default: ${usual})`).argParser(wholeNumber(1, most));
  return command
    .addOption(
      new Option(
        '--capture <what>',
        'dial the masters that visitors name, as a replica would, and keep what they send (docs/capture.md)',
      ).choices(['masters']),
    )
    .addOption(
      range('--capture-allow', 'addresses that may be dialled although they are not public; for tests'),
    )
    .addOption(range('--capture-deny', 'addresses that are never dialled'))
    .addOption(range('--capture-only', 'dial these addresses and no others'))
    .addOption(
      number('--capture-max', 'megabytes of one file', 1_024, DEFAULT_CAPTURE_RULES.payloadBytes / MEGABYTE),
    )
    .addOption(
      number(
        '--capture-quota',
        'megabytes of all files',
        1_048_576,
        DEFAULT_CAPTURE_RULES.quotaBytes / MEGABYTE,
      ),
    )
    .addOption(
      number(
        '--capture-seconds',
        'seconds until a file has to be there',
        3_600,
        DEFAULT_CAPTURE_RULES.payloadMs / 1_000,
      ),
    )
    .addOption(
      number('--capture-dials', 'dials a minute to one master', 600, DEFAULT_CAPTURE_RULES.dialsPerMaster),
    );
}

/** One for all sensors of the process; undefined when nothing may go out. */
export function openCapture(
  options: CaptureOptions,
  data: string,
  { clock, random }: Context,
): MasterDialler | undefined {
  if (options.capture === undefined) return undefined;
  const rules = rulesOf(options);
  const folder = capturesFolder(data);
  try {
    const quarantine = openQuarantine(folder, rules.quotaBytes, random);
    const gate = createCaptureGate({ rules, clock, room: () => quarantine.room() });
    return createMasterCapture({ gate, quarantine, clock, random });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Complaint(
      `The folder for captured files ${folder} cannot be used (${String(error.code)}).`,
      'Make it writable for this user, or choose another data folder with --data DIR.',
    );
  }
}

function rulesOf(options: CaptureOptions): CaptureRules {
  const usual = DEFAULT_CAPTURE_RULES;
  return {
    ...usual,
    allow: options.captureAllow,
    deny: options.captureDeny,
    only: options.captureOnly,
    payloadBytes: megabytes(options.captureMax) ?? usual.payloadBytes,
    quotaBytes: megabytes(options.captureQuota) ?? usual.quotaBytes,
    payloadMs: options.captureSeconds === undefined ? usual.payloadMs : options.captureSeconds * 1_000,
    dialsPerMaster: options.captureDials ?? usual.dialsPerMaster,
  };
}

function megabytes(count: number | undefined): number | undefined {
  return count === undefined ? undefined : count * MEGABYTE;
}

function collectRange(text: string, before: readonly string[]): string[] {
  if (parseRange(text) === undefined) {
    throw new InvalidArgumentError('It has to be an address or a range such as 192.0.2.0/24.');
  }
  return collect(text, before);
}
