import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { CaptureRecord } from '../model/capture.ts';

/** The password by which analysts keep such files from being opened by accident. It protects from nothing else. */
export const CUSTOMARY_PASSWORD = 'infected';

/** A zip that every tool opens (ZipCrypto), with the content under its SHA-256 and the record beside it. */
export async function exportZip(record: CaptureRecord, content: Uint8Array): Promise<Uint8Array> {
  // Workers would be started from files that a server has no use for.
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password: CUSTOMARY_PASSWORD, zipCrypto: true });
  const lastModDate = new Date(record.firstSeen);
  await zip.add(record.sha256, new Uint8ArrayReader(content), { lastModDate });
  const told = Buffer.from(`${JSON.stringify(record, null, 1)}\n`);
  await zip.add(`${record.sha256}.json`, new Uint8ArrayReader(told), { lastModDate });
  return zip.close();
}
