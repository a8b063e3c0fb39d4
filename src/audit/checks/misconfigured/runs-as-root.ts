import type { ByteString } from '../../../model/bytes.ts';
import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';

/**
 * Reads: paths that only root can have chosen. No command of Redis tells the user of its process, so what is found here
 * is a hint, and without one the question stays open.
 */
export const runsAsRoot: Check = {
  id: 'audit.misconfigured.runs-as-root',
  axis: 'misconfigured',
  title: 'It runs as a user of its own, not as root',
  reads: ['CONFIG GET dir', 'CONFIG GET pidfile', 'CONFIG GET unixsocket', 'INFO server executable'],
  depth: 'L2',
  run: ({ facts }) => {
    if (facts.settings === undefined && facts.info === undefined) {
      return { findings: [], remarks: [hiddenBecause(facts, 'settings', 'whether it runs as root')] };
    }
    const hints = hintsOf(facts);
    if (hints.length === 0) {
      return {
        findings: [],
        moot: 'no command tells the user of the process; ask the host: ps -o user= -C redis-server',
      };
    }
    return {
      findings: [
        {
          rule: 'audit.misconfigured.runs-as-root',
          title: 'It seems to run as root',
          severity: 'medium',
          stage: 'execution',
          attack: ['T1068'],
          why: 'As root, a dump that is saved into a cron or SSH folder becomes a command or a login. As its own user it could not write there.',
          advice:
            'Make sure: ps -o user= -C redis-server\nIn its systemd unit (a container: run it with --user 999:999):\nUser=redis\nGroup=redis\nLet its files belong to that user: chown -R redis:redis /var/lib/redis\nRestart it',
          evidence: hints.map(([name, path]) => ({
            event: name,
            field: 'path',
            excerpt: printable(path, 200),
          })),
        },
      ],
    };
  },
};

function hintsOf({ settings, info }: ServerFacts): [string, ByteString][] {
  const paths: [string, ByteString | undefined][] = [
    ['CONFIG GET dir', settings?.get('dir')],
    ['CONFIG GET pidfile', settings?.get('pidfile')],
    ['CONFIG GET unixsocket', settings?.get('unixsocket')],
    ['INFO executable', info?.get('executable')],
    ['INFO config_file', info?.get('config_file')],
  ];
  return paths.flatMap(([name, path]) =>
    path !== undefined && /^\/root(\/|$)/.test(path.slice(0, 8)) ? [[name, path]] : [],
  );
}
