import type { ByteString } from '../../../model/bytes.ts';
import type { Check } from '../../check.ts';
import { isAtLeast } from '../is-at-least.ts';
import { RESTART, settingCheck } from '../setting-check.ts';

/** `no`, `local` (connections from the host itself) or `yes`; all three since Redis 7. Before that they were always open. */
const isOpen = (value: ByteString): boolean => value === 'yes';

const judged = settingCheck({
  id: 'audit.misconfigured.run-time-doors',
  axis: 'misconfigured',
  title: 'Files, modules and DEBUG are closed to clients',
  settings: [
    {
      setting: 'enable-protected-configs',
      risky: isOpen,
      severity: 'medium',
      title: 'dir and dbfilename can be changed at run time',
      why: 'That is how attackers make the dump file land in a cron or SSH folder.',
      advice: `In redis.conf: enable-protected-configs no\n${RESTART}`,
    },
    {
      setting: 'enable-debug-command',
      risky: isOpen,
      severity: 'medium',
      title: 'DEBUG is open to every client',
      why: 'DEBUG stops, crashes and inspects the server.',
      advice: `In redis.conf: enable-debug-command no\n${RESTART}`,
    },
    {
      setting: 'enable-module-command',
      risky: isOpen,
      severity: 'medium',
      title: 'Modules can be loaded at run time',
      why: 'A module is native code: whoever loads one owns the host.',
      advice: `In redis.conf, with a loadmodule line for each that you need: enable-module-command no\n${RESTART}`,
    },
  ],
});

/** Reads: the three settings that decide what a client may change about the process itself. */
export const runTimeDoors: Check = {
  ...judged,
  run: (view) =>
    isAtLeast(view.facts, [7, 0, 0])
      ? judged.run(view)
      : {
          findings: [],
          moot: 'before Redis 7 they are always open; the rights of users, or rename-command, close them',
        },
};
