import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks, NativeEngine } from '../regex/native.ts';
import { NATIVE_LONGEST } from '../regex/native.ts';

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
    isSqli: (value) => /[^A-Za-z0-9_]/.test(value) && inPieces(checks, SQLI, value),
    isXss: (value) => /[<=]/.test(value) && inPieces(checks, XSS, value),
  };
}

function inPieces(checks: NativeChecks, which: number, value: ByteString): boolean {
  const longest = NATIVE_LONGEST / 2;
  for (let at = 0; at === 0 || at + longest / 2 < value.length; at += longest / 2) {
    if (checks.holding([which], value.slice(at, at + longest)).size > 0) return true;
  }
  return false;
}
