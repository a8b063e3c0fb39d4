import type { ByteString } from '../../model/bytes.ts';
import { address } from './machine-files.ts';
import type { Program, ProgramCall, Programs } from './program.ts';
import { optionsOf } from './program.ts';

/** Options of curl and wget whose value is the next word. */
const WITH_VALUE =
  /^(-[oOHXdAuxmTbeUP]|--(output|header|request|data|user-agent|user|proxy|max-time|connect-timeout|retry|tries|timeout|output-document|directory-prefix))$/;

interface Place {
  readonly host: string;
  readonly port: number;
}

/** The first word that is no option; of the rest nobody would see an answer either. */
function target(args: readonly ByteString[]): Place | undefined {
  const words = args.filter((word, index) => {
    if (word.startsWith('-')) return false;
    const before = args[index - 1] ?? '';
    // wget's -O has a value, curl's has none.
    return !WITH_VALUE.test(before) || /^\w+:\/\//.test(word);
  });
  const [, scheme = 'http', host = '', port = ''] =
    /^(?:(\w{1,8}):\/\/)?(?:[^/@\s]{1,128}@)?(\[[\da-fA-F:.]+\]|[^/:?#\s]{1,253})(?::(\d{1,5}))?/.exec(
      (words[0] ?? '').slice(0, 512),
    ) ?? [];
  if (host === '') return undefined;
  return { host, port: Number(port) || (scheme === 'https' ? 443 : scheme === 'ftp' ? 21 : 80) };
}

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith('[');

/** The machine reaches no one: names are not found, addresses do not answer. */
const curl: Program = (call) => {
  const { letters } = optionsOf(call.args);
  if (letters.has('V') || letters.has('version')) {
    call.out('curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.15 zlib/1.2.13\n');
    return 0;
  }
  const place = target(call.args);
  if (place === undefined) {
    call.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
    return 2;
  }
  const silent = (letters.has('s') || letters.has('silent')) && !letters.has('S');
  const [status, text] = isAddress(place.host)
    ? [
        28,
        `Failed to connect to ${place.host} port ${place.port} after 130942 ms: Couldn't connect to server`,
      ]
    : [6, `Could not resolve host: ${place.host}`];
  if (!silent) call.err(`curl: (${status}) ${text}\n`);
  return status;
};

const wget: Program = (call) => {
  const { letters } = optionsOf(call.args);
  const place = target(call.args);
  if (place === undefined) {
    call.err("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
    return 1;
  }
  if (letters.has('q') || letters.has('quiet')) return 4;
  if (isAddress(place.host))
    call.err(`Connecting to ${place.host}:${place.port}... failed: Connection timed out.\nRetrying.\n\n`);
  else {
    call.err(
      `Resolving ${place.host} (${place.host})... failed: Temporary failure in name resolution.\nwget: unable to resolve host address '${place.host}'\n`,
    );
  }
  return 4;
};

const silentFailure: Program = () => 1;

const listening: Program = (call) => {
  const { machine } = call;
  const old = call.name === 'netstat';
  const own = address(machine);
  const line = (state: string, local: string, peer: string): string =>
    old
      ? `tcp        0      0 ${local.padEnd(23)} ${peer.padEnd(23)} ${(state === 'ESTAB' ? 'ESTABLISHED' : state).padEnd(11)} -\n`
      : `${state.padEnd(10)} 0      0      ${local.padStart(21)} ${peer.padStart(21)}\n`;
  call.out(
    old
      ? 'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n'
      : 'State      Recv-Q Send-Q     Local Address:Port      Peer Address:Port\n',
  );
  call.out(line('LISTEN', '0.0.0.0:22', '0.0.0.0:*'));
  call.out(line('LISTEN', `0.0.0.0:${machine.port}`, '0.0.0.0:*'));
  for (const one of machine.visitors)
    call.out(line('ESTAB', `${own}:${machine.port}`, `${one.address}:${one.port}`));
  return 0;
};

const ip: Program = (call) => {
  const own = address(call.machine);
  const hardware = `52:54:00:${call.machine.state.network.map((one) => one.toString(16).padStart(2, '0')).join(':')}`;
  if ((call.args[0] ?? 'a').startsWith('r')) {
    call.out(
      `default via ${address(call.machine, 1)} dev eth0 \n${address(call.machine, 0)}/24 dev eth0 proto kernel scope link src ${own} \n`,
    );
    return 0;
  }
  call.out(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether ${hardware} brd ff:ff:ff:ff:ff:ff
    inet ${own}/24 brd ${address(call.machine, 255)} scope global eth0
       valid_lft forever preferred_lft forever
`);
  return 0;
};

const ifconfig: Program = (call) => {
  call.out(`eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet ${address(call.machine)}  netmask 255.255.255.0  broadcast ${address(call.machine, 255)}

lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
        inet 127.0.0.1  netmask 255.0.0.0

`);
  return 0;
};

const ping: Program = (call: ProgramCall) => {
  const host = optionsOf(call.args).rest.at(-1) ?? '';
  if (!isAddress(host)) call.err(`ping: ${host.slice(0, 200)}: Temporary failure in name resolution\n`);
  return isAddress(host) ? 1 : 2;
};

/** The network, as seen from a machine that is cut off. Nothing is ever opened or looked up. */
export const networkPrograms: Programs = {
  curl,
  ftpget: silentFailure,
  getent: () => 2,
  host: silentFailure,
  ifconfig,
  ip,
  iptables: silentFailure,
  lynx: silentFailure,
  nc: silentFailure,
  ncat: silentFailure,
  netcat: silentFailure,
  netstat: listening,
  nslookup: silentFailure,
  ping,
  scp: silentFailure,
  socat: silentFailure,
  ss: listening,
  ssh: silentFailure,
  telnet: silentFailure,
  tftp: silentFailure,
  wget,
};
