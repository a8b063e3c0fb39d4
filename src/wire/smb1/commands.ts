/** Command codes by name (MS-CIFS 2.2.2.1), as far as clients and exploits send them. */
export const COMMAND = {
  'create-directory': 0x00,
  'delete-directory': 0x01,
  open: 0x02,
  create: 0x03,
  close: 0x04,
  flush: 0x05,
  delete: 0x06,
  rename: 0x07,
  'query-information': 0x08,
  'set-information': 0x09,
  read: 0x0a,
  write: 0x0b,
  'check-directory': 0x10,
  'process-exit': 0x11,
  seek: 0x12,
  'query-information2': 0x23,
  'locking-andx': 0x24,
  transaction: 0x25,
  'transaction-secondary': 0x26,
  echo: 0x2b,
  'open-andx': 0x2d,
  'read-andx': 0x2e,
  'write-andx': 0x2f,
  transaction2: 0x32,
  'transaction2-secondary': 0x33,
  'find-close2': 0x34,
  'tree-connect': 0x70,
  'tree-disconnect': 0x71,
  negotiate: 0x72,
  'session-setup-andx': 0x73,
  'logoff-andx': 0x74,
  'tree-connect-andx': 0x75,
  'query-information-disk': 0x80,
  search: 0x81,
  'nt-transact': 0xa0,
  'nt-transact-secondary': 0xa1,
  'nt-create-andx': 0xa2,
  'nt-cancel': 0xa4,
  'nt-rename': 0xa5,
} as const;

const NAMES = new Map<number, string>(Object.entries(COMMAND).map(([name, code]) => [code, name]));
const ANDX: ReadonlySet<number> = new Set([0x24, 0x2d, 0x2e, 0x2f, 0x73, 0x74, 0x75, 0xa2]);

/** `command-0x42` when it has no name here. */
export function commandName(code: number): string {
  return NAMES.get(code) ?? `command-0x${code.toString(16).padStart(2, '0')}`;
}

/** Whether another command may stand behind this one in the same message. */
export function isAndX(code: number): boolean {
  return ANDX.has(code);
}
