import { filePrograms } from './file-programs.ts';
import { identityPrograms } from './identity-programs.ts';
import { networkPrograms } from './network-programs.ts';
import type { Programs } from './program.ts';
import { runningPrograms } from './running-programs.ts';
import { textPrograms } from './text-programs.ts';

/** All that the pretended machine can do. */
export const PROGRAMS: Programs = {
  ...identityPrograms,
  ...filePrograms,
  ...textPrograms,
  ...networkPrograms,
  ...runningPrograms,
};
