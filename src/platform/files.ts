import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TextFile {
  /** Path for messages, relative to the folder that was read. */
  readonly path: string;
  readonly text: string;
}

/** The folder that holds rules/, campaigns/, personas/ and data/: the repository, or the installed package. */
export const packageRoot: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A file that ships with Sundew, by its path below the package root. */
export function packagedText(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}

/** All files with one ending below a folder, sorted by path. */
export function textFiles(folder: string, ending: string): TextFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
