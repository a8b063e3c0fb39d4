import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';

const LONGEST = 65_536;
const OTHERS_READ = 0o044;

/** The first line of a file, without its end. Warns when others may read it. */
export function readPasswordFile(file: string, warn: (line: string) => void): string {
  let text: string;
  try {
    const { size, mode } = statSync(file);
    if (size > LONGEST)
      throw new Complaint(`${file} is too long for a password.`, 'Put it alone on the first line.');
    if ((mode & OTHERS_READ) !== 0) warn(`others may read ${file}; close it with chmod 600.`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const code = errorCode(error) ?? 'error';
    throw new Complaint(`${file} cannot be read (${code}).`, 'Name a file that holds the password alone.');
  }
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line === '') throw new Complaint(`The first line of ${file} is empty.`, 'Put the password there.');
  return line;
}
