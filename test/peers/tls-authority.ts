import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * An authority, what it signed for a server (redis.example.invalid, 127.0.0.1) and for a client, and their keys: made for
 * the tests with openssl; they open nothing. The key of the authority is not kept.
 */
const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBrTCCAVOgAwIBAgIUZZE9VrOd+GQ0KI4ehBjOdm4CduEwCgYIKoZIzj0EAwIw
KzEpMCcGA1UEAwwgVGVzdCBhdXRob3JpdHkgKGV4YW1wbGUuaW52YWxpZCkwIBcN
MjYxMTI1MDQxNTI2WhgPMjEyNjExMDEwNDE1MjZaMCsxKTAnBgNVBAMMIFRlc3Qg
YXV0aG9yaXR5IChleGFtcGxlLmludmFsaWQpMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEHGHrYqHN/bzN66Jt3o4fCUGpLd0Md90+4v0o61GA3Is0ZqlBk0vUJ1Ul
9EFdx0QRreICQzbb4XVndthVhpaQiKNTMFEwHQYDVR0OBBYEFI4c1YOVAwc1MaLp
AY9xxqAhITRaMB8GA1UdIwQYMBaAFI4c1YOVAwc1MaLpAY9xxqAhITRaMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhALM3cWLWs2IGWYaxigmCD/t1
KOlat7rjWkr9F3UR+hQYAiBuzkzVyCbBOyKUyD3NeBSQ0hjaPoVmWMbfwj8LQ0B6
OA==
-----END CERTIFICATE-----
`;
const SERVER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBzzCCAXWgAwIBAgIUJSRU5ROGxTY9OmAWXK2Zj4/OclYwCgYIKoZIzj0EAwIw
KzEpMCcGA1UEAwwgVGVzdCBhdXRob3JpdHkgKGV4YW1wbGUuaW52YWxpZCkwIBcN
MjYxMTI1MDQxNTI2WhgPMjEyNjExMDEwNDE1MjZaMCExHzAdBgNVBAMMFnNlcnZl
ci5leGFtcGxlLmludmFsaWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATm0/uL
R/3UhhlYW5DSh3QMPs7nSxHW8NUGwhCkE4PaaHhVod1gkW+tgCBFk+fSUgzEtM6n
KkTEjQWkttCxuOWWo38wfTAmBgNVHREEHzAdghVyZWRpcy5leGFtcGxlLmludmFs
aWSHBH8AAAEwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFKU9gTd0VKYf
TTidMoDBjsH0LeBYMB8GA1UdIwQYMBaAFI4c1YOVAwc1MaLpAY9xxqAhITRaMAoG
CCqGSM49BAMCA0gAMEUCIGHUgCW/WI/15ITVvrIQ6Qxk8TzWmAGeLfrP2NjQS3aQ
AiEAhpg9kKtkTgMOOTpjFsuIRzZ1wYDptCbSWPuX/0ZL+DM=
-----END CERTIFICATE-----
`;
const SERVER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcFS1igbkcXUQRSVg
4uApnxKNSdr/19YiqqYU+u5pn2qhRANCAATm0/uLR/3UhhlYW5DSh3QMPs7nSxHW
8NUGwhCkE4PaaHhVod1gkW+tgCBFk+fSUgzEtM6nKkTEjQWkttCxuOWW
-----END PRIVATE KEY-----
`;
const CLIENT_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBpzCCAU2gAwIBAgIUJSRU5ROGxTY9OmAWXK2Zj4/OclcwCgYIKoZIzj0EAwIw
KzEpMCcGA1UEAwwgVGVzdCBhdXRob3JpdHkgKGV4YW1wbGUuaW52YWxpZCkwIBcN
MjYxMTI1MDQxNTI2WhgPMjEyNjExMDEwNDE1MjZaMCExHzAdBgNVBAMMFmNsaWVu
dC5leGFtcGxlLmludmFsaWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS1ftSN
61s/QSn1mXUXOSXyTi5heqijLPH6SKwCyr2SgIArMJvFX07ZzvfhLLa7ex9HB5j6
lnZAh8YlUPRKEa0ro1cwVTATBgNVHSUEDDAKBggrBgEFBQcDAjAdBgNVHQ4EFgQU
KI6d7iQw/wpgsEJq2lvlw0gW+A4wHwYDVR0jBBgwFoAUjhzVg5UDBzUxoukBj3HG
oCEhNFowCgYIKoZIzj0EAwIDSAAwRQIhALJ+Bs4mOfTGI2Mx007DHBEvg6EXS81V
P9/sJSNI+LCfAiBvvDI6dOF7NSzS78R3djBnfB8HIJVNfFHsaSRs9hHgKQ==
-----END CERTIFICATE-----
`;
const CLIENT_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpKPBnS4ZUQJKROdm
eEtr7MHde0I/CAHUd5TwWC8OT3ChRANCAAS1ftSN61s/QSn1mXUXOSXyTi5heqij
LPH6SKwCyr2SgIArMJvFX07ZzvfhLLa7ex9HB5j6lnZAh8YlUPRKEa0r
-----END PRIVATE KEY-----
`;

/** The same as files in a folder of their own; `remove` deletes it. */
export function tlsFolder(): {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly clientCert: string;
  readonly clientKey: string;
  readonly folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-tls-'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return {
    ca: file('ca.pem', AUTHORITY),
    cert: file('server.crt.txt', SERVER_CERTIFICATE),
    key: file('server.key', SERVER_KEY),
    clientCert: file('client.crt.txt', CLIENT_CERTIFICATE),
    clientKey: file('client.key', CLIENT_KEY),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
