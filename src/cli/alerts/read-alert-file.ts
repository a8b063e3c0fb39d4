import { readFile } from 'node:fs/promises';
import { AlertFile, issuesOf } from '../../alerts/alert-file.ts';
import { readYaml } from '../../detect/yaml-file.ts';
import { printableText } from '../../model/printable.ts';
import { Complaint } from '../exit.ts';

/** An alerts.yaml, or a complaint that says where in it something is wrong. */
export async function readAlertFile(path: string): Promise<AlertFile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Complaint(`The alerts file cannot be read: ${error.message}.`, 'Check its path and rights.');
  });
  const file = readYaml({ path, text });
  if (!('value' in file)) throw new Complaint(`${path}, ${file.where}: ${file.message}.`, file.remedy);
  const parsed = AlertFile.safeParse(file.value);
  if (parsed.success) return parsed.data;
  const faults = issuesOf(parsed.error)
    .slice(0, 10)
    .map(
      ({ path: at, message }) =>
        `${path}, ${file.fault(at, message, '').where}: ${printableText(message, 300)}`,
    );
  throw new Complaint(faults.join('\n        '), 'docs/alerts.md has a commented example.');
}
