import type { Reader } from '../reader.ts';
import type { Report } from '../report.ts';
import { classicFile } from './classic-file.ts';
import type { Packet } from './packet.ts';
import { isPcapng, pcapngFile } from './pcapng-file.ts';

/** The packets of a capture file of either form, in the file's order. At most one record is held. */
export function createPacketReader(report: Report, onPacket: (packet: Packet) => void): Reader {
  let held: Buffer = Buffer.alloc(0);
  let need = 4;
  let form: ReturnType<typeof classicFile> | undefined;
  let over = false;

  const stop = (why: string): void => {
    over = true;
    held = Buffer.alloc(0);
    report.fault(why, report.units + 1);
  };
  const readAll = (): void => {
    form ??= isPcapng(held) ? pcapngFile() : classicFile();
    for (let at = 0; ; ) {
      const step = form(held, at);
      if ('end' in step) return stop(step.end);
      if ('need' in step) {
        need = step.need;
        held = Buffer.from(held.subarray(at));
        return undefined;
      }
      at += step.read;
      if (step.packet === undefined && step.why === undefined) continue;
      report.units++;
      if (step.why !== undefined) report.fault(step.why);
      if (step.packet !== undefined) onPacket(step.packet);
    }
  };
  return {
    push: (chunk) => {
      if (over) return;
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (held.length >= need) readAll();
    },
    end: () => {
      if (!over && held.length > 0) stop('the file ends within a packet');
    },
  };
}
