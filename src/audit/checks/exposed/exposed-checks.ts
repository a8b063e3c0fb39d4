import type { Check } from '../../check.ts';
import { bind } from './bind.ts';
import { certificate } from './certificate.ts';
import { clearText } from './clear-text.ts';
import { noPassword } from './no-password.ts';
import { openCommands } from './open-commands.ts';
import { openUsers } from './open-users.ts';
import { protectedMode } from './protected-mode.ts';

export const EXPOSED_CHECKS: readonly Check[] = [
  noPassword,
  protectedMode,
  bind,
  openCommands,
  openUsers,
  clearText,
  certificate,
];
