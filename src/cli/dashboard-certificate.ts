import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Context } from './context.ts';

const TWO_YEARS = 2 * 365 * 86_400_000;

/** The dashboard's own certificate, made when it is first reachable from elsewhere; its fingerprint is told each time. */
export async function dashboardCertificate(
  data: string,
  { clock, terminal }: Context,
): Promise<{ key: string; cert: string }> {
  const folder = join(data, 'dashboard-tls');
  const [certFile, keyFile] = [join(folder, 'dashboard.crt'), join(folder, 'dashboard.key')];
  const kept = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]).catch(
    () => undefined,
  );
  const [cert, key] = kept ?? (await make());
  const { fingerprint256 } = new X509Certificate(cert);
  terminal.err(
    `The dashboard's certificate is its own; browsers warn once. Its SHA-256 fingerprint: ${fingerprint256}\n`,
  );
  return { key, cert };

  async function make(): Promise<[cert: string, key: string]> {
    const made = await generate([{ name: 'commonName', value: 'sundew' }], {
      keySize: 2_048,
      algorithm: 'sha256',
      notBeforeDate: new Date(clock.now() - 86_400_000),
      notAfterDate: new Date(clock.now() + TWO_YEARS),
    });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(keyFile, made.private, { mode: 0o600 });
    await writeFile(certFile, made.cert);
    return [made.cert, made.private];
  }
}
