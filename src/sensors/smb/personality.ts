import { createHash } from 'node:crypto';

/** Who the sensor says it is. */
export interface Personality {
  /** NetBIOS name, at most 15 characters. */
  readonly host: string;
  readonly workgroup: string;
  readonly nativeOs: string;
  readonly nativeLanMan: string;
  /** 16 bytes. */
  readonly guid: Buffer;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * A Windows 7 in no domain. Its name, as set-up makes one up (`WIN-` and eleven characters), and its GUID come from the
 * sensor's name and place, so that it is the same one after a restart and another one than the next sensor.
 */
export function personalityOf(seed: string, given: Partial<Personality> = {}): Personality {
  const digest = createHash('sha256').update(`smb ${seed}`).digest();
  const letters = [...digest.subarray(0, 11)].map((byte) => LETTERS[byte % LETTERS.length]);
  return {
    host: `WIN-${letters.join('')}`,
    workgroup: 'WORKGROUP',
    nativeOs: 'Windows 7 Professional 7601 Service Pack 1',
    nativeLanMan: 'Windows 7 Professional 6.1',
    guid: digest.subarray(16, 32),
    ...given,
  };
}
