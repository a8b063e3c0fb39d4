import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The data folder: `--data`, else SUNDEW_DATA, else where the XDG base directory rules put it. */
export function dataFolder(asked: string | undefined): string {
  const chosen = asked ?? process.env['SUNDEW_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  const share = process.env['XDG_DATA_HOME'];
  return join(share !== undefined && share !== '' ? share : join(homedir(), '.local', 'share'), 'sundew');
}

export function journalFolder(data: string): string {
  return join(data, 'journal');
}

export function placesFile(data: string): string {
  return join(data, 'places.idx');
}

/** Derived from the journal: may be removed at any time. */
export function storeFolder(data: string): string {
  return join(data, 'store');
}

export function capturesFolder(data: string): string {
  return join(data, 'captures');
}

/** Reports of audits that were kept (sundew audit --keep), one JSON object a line. */
export function auditsFolder(data: string): string {
  return join(data, 'audits');
}

export function recordingsFolder(data: string): string {
  return join(data, 'recordings');
}

export function worldFile(data: string, sensor: string): string {
  return join(data, 'worlds', `${sensor.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100)}.jsonl`);
}

export function honeytokensFile(data: string): string {
  return join(data, 'honeytokens.jsonl');
}

export function certificateFolder(data: string): string {
  return join(data, 'tls');
}

export function importedFile(data: string): string {
  return join(data, 'imported.json');
}
