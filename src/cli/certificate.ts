import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { slugFor } from '../emulator/bait/builder.ts';
import type { Context } from './context.ts';
import { certificateFolder } from './data-folder.ts';

const YEARS_MS = 10 * 365 * 86_400_000;

/** The sensor's own certificate, made when it is first needed: as an administrator makes one for an internal server. */
export async function ownCertificate(
  data: string,
  { clock, random }: Context,
): Promise<{ key: string; cert: string }> {
  const folder = certificateFolder(data);
  const [certFile, keyFile] = [join(folder, 'redis.crt'), join(folder, 'redis.key')];
  try {
    return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
  } catch {
    // Not there yet.
  }
  const name = `redis.${slugFor(random)}.internal`;
  const made = await generate([{ name: 'commonName', value: name }], {
    keySize: 2_048,
    algorithm: 'sha256',
    notBeforeDate: new Date(clock.now() - random.below(200 * 86_400) * 1_000),
    notAfterDate: new Date(clock.now() + YEARS_MS),
  });
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  await writeFile(keyFile, made.private, { mode: 0o600 });
  await writeFile(certFile, made.cert);
  return { key: made.private, cert: made.cert };
}
