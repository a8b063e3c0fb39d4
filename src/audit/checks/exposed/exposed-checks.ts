import type { Check } from '../../check.ts';
import { bind } from './bind.ts';
import { certificate } from './certificate.ts';
import { clearBesideTls } from './clear-beside-tls.ts';
import { clearText } from './clear-text.ts';
import { clusterBus } from './cluster-bus.ts';
import { noPassword } from './no-password.ts';
import { openCommands } from './open-commands.ts';
import { openUsers } from './open-users.ts';
import { protectedMode } from './protected-mode.ts';
import { reachable } from './reachable.ts';
import { sentinel } from './sentinel.ts';
import { tlsSettings } from './tls-settings.ts';
import { weakPasswords } from './weak-passwords.ts';
import { wideUsers } from './wide-users.ts';

export const EXPOSED_CHECKS: readonly Check[] = [
  reachable,
  noPassword,
  protectedMode,
  bind,
  clearText,
  tlsSettings,
  clearBesideTls,
  certificate,
  openUsers,
  weakPasswords,
  wideUsers,
  openCommands,
  clusterBus,
  sentinel,
];
