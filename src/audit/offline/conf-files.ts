import { readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { ConfigText, Directive } from '../../dump/read-redis-conf.ts';
import { readRedisConf } from '../../dump/read-redis-conf.ts';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import { isBelow } from './subject-files.ts';
import { readTextFile } from './text-file.ts';

export interface ConfFiles {
  readonly directives: readonly Directive[];
  readonly remarks: readonly string[];
  readonly badLines: readonly number[];
  /** Why this is not all of the configuration, so that nothing can be taken for a default. */
  readonly incomplete: string | undefined;
  /** Paths of files that were included and read. */
  readonly included: readonly string[];
}

const MOST_INCLUDES = 64;
const DEEPEST = 8;

/**
 * A redis.conf with what it includes, in the order in which Redis takes it. Included files are read only below the folder
 * of the first one: a configuration from elsewhere must not make us read other files.
 */
export function readConfFiles(path: string): ConfFiles {
  const directives: Directive[] = [];
  const remarks: string[] = [];
  const included: string[] = [];
  const root = dirname(path);
  let incomplete: string | undefined;
  const leftOut = (remark: string): void => {
    remarks.push(remark);
    incomplete ??= remark;
  };
  const read = (file: string): ConfigText => {
    const found = readRedisConf(readTextFile(file));
    if (!found.complete)
      leftOut(`${printableText(file, 300)}: only the first lines are read, there are too many`);
    return found;
  };
  const visit = (from: readonly Directive[], depth: number): void => {
    for (const directive of from) {
      if (directive.name !== 'include') directives.push(directive);
      else
        for (const pattern of directive.args) for (const one of matching(pattern, root)) include(one, depth);
    }
  };
  const include = (one: string, depth: number): void => {
    const place = isAbsolute(one) ? one : join(root, one);
    const what = `${printableText(place, 300)}: included by ${printableText(basename(path), 100)}`;
    if (depth >= DEEPEST || included.length >= MOST_INCLUDES) {
      leftOut(`${what}, not read: too many`);
      return;
    }
    try {
      if (!isBelow(place, root)) {
        leftOut(`${what}, not read: it lies in another folder`);
        return;
      }
      included.push(place);
      visit(read(place).directives, depth + 1);
    } catch (error) {
      const code = errorCode(error) ?? 'error';
      leftOut(`${what}, cannot be read (${code})`);
    }
  };
  const main = read(path);
  visit(main.directives, 0);
  return { directives, remarks, badLines: main.faults, included, incomplete };
}

/** `conf.d/*.conf` (7.0 and later): stars in the last part of the path. */
function matching(pattern: string, root: string): string[] {
  const name = basename(pattern);
  if (!name.includes('*') || name.length > 100) return [pattern];
  const folder = isAbsolute(pattern) ? dirname(pattern) : join(root, dirname(pattern));
  const parts = name.split('*');
  const fits = (one: string): boolean => {
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const found = index === 0 ? (one.startsWith(part) ? 0 : -1) : one.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return one.endsWith(parts.at(-1) ?? '');
  };
  try {
    return readdirSync(folder)
      .toSorted()
      .filter(fits)
      .slice(0, MOST_INCLUDES)
      .map((one) => join(folder, one));
  } catch {
    // Redis takes a pattern that fits nothing as well.
    return [];
  }
}
