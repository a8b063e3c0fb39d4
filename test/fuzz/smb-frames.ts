import type { Random } from '../../src/platform/random.ts';
import {
  echo,
  extendedSetup,
  FLAGS2_EXTENDED,
  GROOMING,
  negotiate,
  ntlm,
  SHAPES,
  sessionSetup,
  treeConnect,
} from '../smb/messages.ts';

const SOUND: readonly Buffer[] = [
  negotiate(),
  negotiate({ flags2: FLAGS2_EXTENDED }),
  sessionSetup(['user', 'domain', 'os', 'lan']),
  extendedSetup(ntlm(1)),
  extendedSetup(ntlm(3, { user: 'user', domain: 'domain', workstation: 'pc' })),
  treeConnect('\\\\192.0.2.1\\IPC$'),
  echo(1, 'hello'),
  ...Object.values(SHAPES).flatMap((frames) => frames.slice(0, 2)),
].filter(({ length }) => length < 1_500);

/** One message in a true frame: now and then sound, else damaged within. */
export function nextSmbFrame(random: Random): Buffer {
  const sound = SOUND[random.below(SOUND.length)] ?? GROOMING;
  return random.below(20) === 0 ? sound : damagedWithin(sound, random);
}

/** What no frame is, or half of one: the sensor hangs up, or waits for ever. */
export function lastSmbFrame(random: Random): Buffer {
  const sound = SOUND[random.below(SOUND.length)] ?? GROOMING;
  switch (random.below(4)) {
    case 0:
      return GROOMING;
    case 1:
      return Buffer.from(random.hex(1 + random.below(64)), 'hex');
    case 2:
      return sound.subarray(0, random.below(sound.length));
    default: {
      const broken = Buffer.from(sound);
      broken[random.below(8)] = random.below(256);
      return broken;
    }
  }
}

/** Bytes behind the mark changed, cut off or repeated; the frame's length is put right. */
function damagedWithin(sound: Buffer, random: Random): Buffer {
  let message = Buffer.from(sound);
  for (let times = 1 + random.below(6); times > 0; times--) {
    // More often in the header and the words than in the data.
    const at = 8 + random.below(random.below(2) === 0 ? 64 : message.length - 8);
    if (at < message.length) message[at] = random.below(3) === 0 ? 0xff : random.below(256);
  }
  if (random.below(4) === 0) message = message.subarray(0, Math.max(39, random.below(message.length)));
  if (random.below(8) === 0) message = Buffer.concat([message, message.subarray(36)]);
  message.writeUIntBE(message.length - 4, 1, 3);
  return message;
}
