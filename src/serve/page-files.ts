import { textFiles } from '../platform/files.ts';

export interface PageFile {
  readonly type: string;
  readonly body: string;
  /** Built files carry a hash of their content in their name. */
  readonly lasting: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The built page by request path, read once: afterwards a request can only name what is in this map, so there is no
 * path to climb out of. Empty when the page has not been built.
 */
export function loadPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const [ending, type] of Object.entries(TYPES)) {
    for (const { path, text } of readAll(folder, ending)) {
      const name = `/${path.replaceAll('\\', '/')}`;
      files.set(name, { type, body: text, lasting: name.startsWith('/assets/') });
    }
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

function readAll(folder: string, ending: string): ReturnType<typeof textFiles> {
  try {
    return textFiles(folder, ending);
  } catch {
    return [];
  }
}
