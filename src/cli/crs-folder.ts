import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CrsFolder } from '../crs/load.ts';
import type { ConfFile } from '../crs/seclang/ruleset.ts';
import { Complaint } from './exit.ts';

/** Where Debian's package modsecurity-crs has the set-up and the exceptions that belong to its rules. */
const DEBIAN_SETTINGS = '/etc/modsecurity/crs';
const NAME_ONE =
  'Name the folder of an OWASP Core Rule Set, with rules/ in it: of a release, or /usr/share/modsecurity-crs of the Debian package modsecurity-crs.';

/**
 * The rule set below `path`, in the order in which it is meant to be read: set-up, plugins before, the operator's
 * exceptions before, rules, exceptions and plugins after. `path` may also be the folder of the rules itself. Files are
 * read as bytes: patterns name bytes.
 */
export function readCrsFolder(path: string, debianSettings: string = DEBIAN_SETTINGS): CrsFolder {
  const rules = existsSync(join(path, 'rules')) ? join(path, 'rules') : path;
  const names = confNames(rules).filter((name) => /^(?:REQUEST|RESPONSE-999)/i.test(name));
  if (names.length === 0) throw new Complaint(`There is no Core Rule Set in ${path}.`, NAME_ONE);
  const root = rules === path ? join(path, '..') : path;
  const setup = [root, path, debianSettings]
    .flatMap((folder) => [join(folder, 'crs-setup.conf'), join(folder, 'crs-setup.conf.example')])
    .find((file) => existsSync(file));
  if (setup === undefined) {
    throw new Complaint(
      `The rule set in ${path} has no crs-setup.conf.`,
      'Copy it from crs-setup.conf.example of the same release.',
    );
  }
  const settings = setup.startsWith(debianSettings) ? debianSettings : undefined;
  const plugins = join(root, 'plugins');
  const files = [
    ...confFiles(plugins, /-config\.conf$/),
    confFile(setup),
    ...confFiles(plugins, /-before\.conf$/),
    ...confFiles(settings, /^REQUEST-900-.*\.conf$/),
    ...names.map((name) => confFile(join(rules, name))),
    ...confFiles(settings, /^RESPONSE-999-.*\.conf$/),
    ...confFiles(plugins, /-after\.conf$/),
  ];
  return { files, data: (name) => dataFile([rules, plugins], name) };
}

function confNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.conf'))
      .toSorted();
  } catch {
    return [];
  }
}

function confFiles(folder: string | undefined, names: RegExp): ConfFile[] {
  if (folder === undefined) return [];
  return confNames(folder)
    .filter((name) => names.test(name))
    .map((name) => confFile(join(folder, name)));
}

function confFile(path: string): ConfFile {
  return { name: basename(path).replace(/\.example$/, ''), text: readFileSync(path, 'latin1') };
}

/** Rules name files that stand beside them, and only those. */
function dataFile(folders: readonly string[], name: string): string | undefined {
  const path = folders.map((folder) => join(folder, basename(name))).find((file) => existsSync(file));
  return path === undefined ? undefined : readFileSync(path, 'latin1');
}
