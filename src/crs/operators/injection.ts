import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks, NativeEngine } from '../regex/native.ts';
import { askInPieces } from '../regex/pieces.ts';

/** libinjection, as libddwaf has it. */
export interface Injection {
  isSqli(value: ByteString): boolean;
  isXss(value: ByteString): boolean;
}

const SQLI = 0;
const XSS = 1;

export function createInjection(engine: NativeEngine): Injection {
  const checks = engine.compile([{ operator: 'is_sqli' }, { operator: 'is_xss' }]);
  return {
    // What is one word to an SQL scanner has no fingerprint; HTML needs a tag, or an attribute with a value.
    isSqli: (value) => /[^A-Za-z0-9_]/.test(value) && holdsOn(checks, SQLI, value),
    isXss: (value) => /[<=]/.test(value) && holdsOn(checks, XSS, value),
  };
}

function holdsOn(checks: NativeChecks, which: number, value: ByteString): boolean {
  return askInPieces(checks, [which], value).numbers.size > 0;
}
