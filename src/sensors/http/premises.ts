import type { Clock } from '../../platform/clock.ts';
import type { App } from './app.ts';
import type { Family } from './family.ts';
import type { HttpLimits } from './limits.ts';
import type { OfferedFile, OfferedName, UploadKeeper, UploadSpool } from './offered-file.ts';
import { receiveFile } from './offered-file.ts';
import type { HttpPersona } from './persona.ts';
import type { HttpSession, HttpSessions } from './sessions.ts';
import type { Site } from './site.ts';

/** What the connections of one sensor share. */
export interface Premises {
  readonly persona: HttpPersona;
  readonly family: Family;
  readonly site: Site;
  readonly app: App;
  readonly clock: Clock;
  readonly sessions: HttpSessions;
  /** Undefined while events are taken; else resolves when they are again. */
  congestion(): Promise<void> | undefined;
  /** Opens the files of one request; `told` is false when the request is counted only. */
  receiver(session: HttpSession, told: boolean): (about: OfferedName) => OfferedFile | undefined;
  /** Told of a request that the sensor failed at; without it the error goes on its way. */
  readonly onFault: ((error: unknown) => void) | undefined;
}

export function createReceiver(keeper: UploadKeeper | undefined, limits: HttpLimits): Premises['receiver'] {
  let underWay = 0;
  const spool = (session: HttpSession): UploadSpool | undefined => {
    if (keeper === undefined || underWay >= limits.uploadsAtOnce || !session.admitFile()) return undefined;
    try {
      return keeper.begin();
    } catch {
      // The disk's trouble is not the visitor's: its file is told and not kept.
      return undefined;
    }
  };
  return (session, told) => {
    let files = 0;
    return (about) => {
      if (!told || ++files > limits.filesPerRequest) return undefined;
      const held = spool(session);
      if (held !== undefined) underWay++;
      return receiveFile(about, held, keeper, limits.uploadBytes, () => underWay--);
    };
  };
}
