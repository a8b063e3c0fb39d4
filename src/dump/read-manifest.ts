import type { ByteString } from '../model/bytes.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';

/** A file of an append-only folder (7.0 and later), as its manifest names it. */
export interface ManifestFile {
  /** A name without a folder. */
  readonly name: ByteString;
  readonly type: 'base' | 'incr' | 'history';
  readonly sequence: number;
}

const MOST_FILES = 1_000;

/**
 * The files in the order in which they are to be read: the base first, then the increments; those of the past are left
 * out. Undefined when it is no manifest. A name that leads out of the folder is not taken.
 */
export function readManifest(text: ByteString): readonly ManifestFile[] | undefined {
  const files: ManifestFile[] = [];
  for (const line of text.split('\n', MOST_FILES)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const words = inlineArguments(line);
    if (words === undefined || words[0] !== 'file') return undefined;
    const fields = new Map<ByteString, ByteString>();
    for (let at = 0; at + 1 < words.length; at += 2) fields.set(words[at] ?? '', words[at + 1] ?? '');
    const [name = '', sequence = '', type = ''] = ['file', 'seq', 'type'].map((word) => fields.get(word));
    if (!/^[^/\\\0]{1,255}$/.test(name) || name === '..' || !/^\d{1,15}$/.test(sequence)) return undefined;
    const kind = TYPES[type];
    if (kind === undefined) return undefined;
    files.push({ name, type: kind, sequence: Number(sequence) });
  }
  if (files.length === 0) return undefined;
  const order = (file: ManifestFile): number => (file.type === 'base' ? -1 : file.sequence);
  return files.filter(({ type }) => type !== 'history').toSorted((one, other) => order(one) - order(other));
}

const TYPES: Readonly<Record<string, ManifestFile['type']>> = { b: 'base', i: 'incr', h: 'history' };
