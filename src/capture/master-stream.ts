import type { MasterLink } from '../emulator/master-link.ts';
import type { Clock } from '../platform/clock.ts';
import { createRequestDecoder } from '../wire/request-decoder.ts';
import { ack } from './handshake.ts';

/** Of what a master sends after its copy nothing is kept but how much it was. */
const LIMITS = {
  maxArguments: 1_048_576,
  maxBulk: 536_870_912,
  maxInline: 65_536,
  unauthenticated: false,
  keep: 4_096,
};

/** The stream of commands behind a copy: counted, acknowledged when asked for, and never carried out. */
export function followStream(
  link: MasterLink,
  clock: Clock,
  say: (bytes: string) => void,
  broken: () => void,
): (chunk: Buffer) => void {
  const decoder = createRequestDecoder();
  return (chunk) => {
    link.lastIo = clock.now();
    link.readOffset += chunk.length;
    decoder.push(chunk.toString('latin1'));
    for (let next = decoder.next(LIMITS); next !== undefined; next = decoder.next(LIMITS)) {
      if (next.kind === 'fault') {
        broken();
        return;
      }
      const [name = '', word = ''] = next.argv;
      if (name.toLowerCase() === 'replconf' && word.toLowerCase() === 'getack') say(ack(link.offset));
    }
    if (decoder.held() === 0) link.offset = link.readOffset;
  };
}
