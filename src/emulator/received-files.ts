import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import { folderPath } from './folder-path.ts';
import type { ReceivedFile } from './master-link.ts';
import type { World } from './world.ts';

const MOST_FILES = 16;

/** Notes where a master's data would be written now: what a later MODULE LOAD finds. */
export function noteReceivedFile(world: World): void {
  if (world.master === undefined) return;
  addReceivedFile(world, receivedPath(world), { names: [] });
}

/** A file on the pretended disk; what is known of one that is there already stays known. */
export function addReceivedFile(world: World, path: ByteString, file: ReceivedFile): void {
  if (world.files.size >= MOST_FILES && !world.files.has(path)) return;
  if (file.names.length > 0 || !world.files.has(path)) world.files.set(ownedBytes(path), file);
}

/** Where the copy of a master is written: `dir` and `dbfilename`. */
export function receivedPath({ config }: World): ByteString {
  return folderPath(config.get('dbfilename') ?? '', config.get('dir') ?? '/');
}
