import type { ByteString } from '../../model/bytes.ts';
import type { Machine } from './machine.ts';

export type Stream = (text: ByteString) => void;

/** What a command finds: its streams, the variables, where it is. */
export interface Environment {
  input: ByteString;
  out: Stream;
  err: Stream;
  variables: Map<string, ByteString>;
  folder: string;
  status: number;
  readonly depth: number;
}

/** As a service of systemd has it. Errors go to the service's log, which nobody sees. */
export function firstEnvironment(machine: Machine, out: Stream): Environment {
  const { account, state } = machine;
  state.lastPid++;
  return {
    input: '',
    out,
    err: () => undefined,
    variables: new Map([
      ['HOME', `/var/lib/${account}`],
      ['LANG', 'C.UTF-8'],
      ['LOGNAME', account],
      ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ['PWD', machine.folder],
      ['SHELL', '/usr/sbin/nologin'],
      ['USER', account],
      ['$', String(state.lastPid)],
    ]),
    folder: machine.folder,
    status: 0,
    depth: 0,
  };
}

/** A shell within the shell: what it sets is its own. */
export function childOf(env: Environment): Environment {
  return { ...env, variables: new Map(env.variables), depth: env.depth + 1 };
}
