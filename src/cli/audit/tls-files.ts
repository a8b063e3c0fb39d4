import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { TlsOptions } from '../../audit/ask/tls-options.ts';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';
import type { ConnectionOptions } from './connection-options.ts';

type TlsFiles = Pick<ConnectionOptions, 'cacert' | 'cacertdir' | 'cert' | 'key' | 'sni'>;

const MOST_FILES = 1_000;

/** Reads and tries the files once, so that a bad one is said before anybody is dialled; undefined when none is named. */
export function readTlsOptions(options: TlsFiles): TlsOptions | undefined {
  const { cacert, cacertdir, cert, key, sni } = options;
  if ((cert === undefined) !== (key === undefined)) {
    throw new Complaint(
      'A certificate to show needs its private key, and the key its certificate.',
      'Give both: --cert FILE --key FILE.',
    );
  }
  const ca = [
    ...(cacert === undefined ? [] : [readPem(cacert)]),
    ...(cacertdir === undefined ? [] : authorities(cacertdir)),
  ];
  if (ca.length === 0 && cert === undefined && sni === undefined) return undefined;
  const files = [cacert, cacertdir, cert, key].filter((file) => file !== undefined);
  if (files.length === 0) return { context: undefined, hasCertificate: false, serverName: sni };
  try {
    const context = createSecureContext({
      ...(ca.length === 0 ? {} : { ca }),
      ...(cert === undefined || key === undefined ? {} : { cert: readPem(cert), key: readPem(key) }),
    });
    return { context, hasCertificate: cert !== undefined, serverName: sni };
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const code = errorCode(error) ?? 'error';
    throw new Complaint(
      `${files.join(', ')} cannot be used for TLS (${code}).`,
      code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'
        ? 'The key is not that of the certificate.'
        : 'They have to be PEM, and the key without a passphrase.',
    );
  }
}

function authorities(folder: string): Buffer[] {
  const names = read(folder, () => readdirSync(folder)).filter((name) => /\.(pem|crt)$/i.test(name));
  if (names.length === 0 || names.length > MOST_FILES)
    throw new Complaint(`${folder} holds no .pem or .crt files.`, 'Name one file with --cacert FILE.');
  return names.map((name) => readPem(join(folder, name)));
}

function readPem(file: string): Buffer {
  return read(file, () => readFileSync(file));
}

function read<T>(path: string, how: () => T): T {
  try {
    return how();
  } catch (error) {
    const code = errorCode(error) ?? 'error';
    throw new Complaint(`${path} cannot be read (${code}).`, 'Check the path and its rights.');
  }
}
