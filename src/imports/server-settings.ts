import type { ByteString } from '../model/bytes.ts';

/** Where a server writes its data set, as far as visitors have said. */
export interface PlaceOfDump {
  dir: ByteString;
  dbfilename: ByteString;
}

/** Addresses whose settings are remembered. */
const MOST = 10_000;

/**
 * What each address has set. A tool often sets the folder in one connection and saves in another; what somebody else set is
 * kept apart, as the sensor does it, so that one attacker's folder does not make a suspect of the next visitor.
 */
export function createServerSettings(): { of(address: string): PlaceOfDump } {
  const places = new Map<string, PlaceOfDump>();
  return {
    of: (address) => {
      const place = places.get(address) ?? { dir: '', dbfilename: '' };
      places.delete(address);
      places.set(address, place);
      if (places.size > MOST) {
        for (const oldest of places.keys()) {
          places.delete(oldest);
          break;
        }
      }
      return place;
    },
  };
}
