/** The path that a name has seen from a folder: `.`, `..` and doubled slashes resolved. */
export function folderPath(name: string, folder: string): string {
  const parts: string[] = [];
  const path = name.startsWith('/') ? name : `${folder}/${name}`;
  for (const part of path.slice(0, 4_096).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
