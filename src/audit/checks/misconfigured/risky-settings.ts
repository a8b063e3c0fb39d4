import type { ByteString } from '../../../model/bytes.ts';
import { printable } from '../../../model/printable.ts';
import type { Severity } from '../../../model/severity.ts';
import type { ReadableSetting } from '../../ask/allowed.ts';
import type { Check, FindingDraft } from '../../check.ts';
import { settingEvidence } from '../../check.ts';
import type { ServerFacts } from '../../server-facts.ts';

interface RiskySetting {
  readonly setting: ReadableSetting;
  readonly risky: (value: ByteString, facts: ServerFacts) => boolean;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly advice: string;
}

const RESTART = 'Restart Redis: this setting cannot be changed while it runs';

const RISKY: readonly RiskySetting[] = [
  {
    setting: 'enable-protected-configs',
    risky: (value) => value === 'yes',
    severity: 'medium',
    title: 'dir and dbfilename can be changed at run time',
    why: 'That is how attackers make the dump file land in a cron or SSH folder.',
    advice: `In redis.conf: enable-protected-configs no\n${RESTART}`,
  },
  {
    setting: 'enable-debug-command',
    risky: (value) => value === 'yes',
    severity: 'medium',
    title: 'DEBUG is open to every client',
    why: 'DEBUG stops, crashes and inspects the server.',
    advice: `In redis.conf: enable-debug-command no\n${RESTART}`,
  },
  {
    setting: 'enable-module-command',
    risky: (value) => value === 'yes',
    severity: 'medium',
    title: 'Modules can be loaded at run time',
    why: 'A module is native code: whoever loads one owns the host.',
    advice: `In redis.conf: enable-module-command no, and loadmodule for the ones you need\n${RESTART}`,
  },
  {
    setting: 'replica-read-only',
    risky: (value, { info }) => value === 'no' && info?.get('role') === 'slave',
    severity: 'medium',
    title: 'A replica accepts writes',
    why: 'What is written to it is lost or differs from the master; attackers switch this on before they write.',
    advice: 'In redis.conf: replica-read-only yes\nAt once: redis-cli CONFIG SET replica-read-only yes',
  },
  {
    setting: 'stop-writes-on-bgsave-error',
    risky: (value, { settings }) => value === 'no' && (settings?.get('save') ?? '') !== '',
    severity: 'info',
    title: 'Writes go on when the dump cannot be saved',
    why: 'Some operators want this; attackers set it so that their failing SAVE is not noticed.',
    advice: 'Unless you want it so, in redis.conf: stop-writes-on-bgsave-error yes',
  },
  {
    setting: 'maxmemory',
    risky: (value) => value === '0',
    severity: 'info',
    title: 'Memory has no limit',
    why: 'A client that writes without end takes all memory of the host, and the kernel ends the process.',
    advice:
      'In redis.conf: maxmemory <three quarters of what the host has for it>\nAnd for a cache: maxmemory-policy allkeys-lru (a store keeps noeviction)',
  },
  {
    setting: 'maxclients',
    risky: (value) => /^\d{1,9}$/.test(value) && Number(value) < 100,
    severity: 'low',
    title: 'Few clients can connect',
    why: 'A handful of idle connections locks everybody out, the operator too.',
    advice: 'In redis.conf: maxclients 10000 (and LimitNOFILE of its unit above that)',
  },
  {
    setting: 'unixsocketperm',
    risky: (value, { settings }) =>
      (settings?.get('unixsocket') ?? '') !== '' && /^0?[0-7]{2}[2367]$/.test(value),
    severity: 'medium',
    title: 'Every local user may use the Unix socket',
    why: 'The socket passes by bind and protected mode.',
    advice: `In redis.conf: unixsocketperm 770, and put the applications into the group redis\n${RESTART}`,
  },
  {
    setting: 'dir',
    risky: (value) => value === '/' || /^\/(tmp|var\/tmp|dev\/shm|proc|etc)(\/|$)/.test(value.slice(0, 64)),
    severity: 'low',
    title: 'The dump goes to a folder that is no data folder',
    why: 'Files there are removed at boot, or other users may write beside them. Attackers leave such a dir behind, too.',
    advice: 'In redis.conf: dir /var/lib/redis (owned by redis, mode 0750)\nRestart Redis',
  },
];

/** Reads: CONFIG GET of the settings below, by name. */
export const riskySettings: Check = {
  id: 'audit.misconfigured.settings',
  axis: 'misconfigured',
  title: 'The settings that matter are as they should be',
  reads: ['CONFIG GET'],
  depth: 'L2',
  run: ({ facts }) => {
    const { settings } = facts;
    if (settings === undefined) return { findings: [], unseen: ['its settings: CONFIG GET is not visible'] };
    return {
      findings: RISKY.flatMap(({ setting, risky, severity, title, why, advice }): FindingDraft[] => {
        const value = settings.get(setting);
        if (value === undefined || !risky(value, facts)) return [];
        return [
          {
            rule: `audit.misconfigured.${setting}`,
            title,
            severity,
            stage: 'access',
            attack: ['T1190'],
            why,
            advice,
            evidence: [settingEvidence(setting, printable(value))],
          },
        ];
      }),
    };
  },
};
