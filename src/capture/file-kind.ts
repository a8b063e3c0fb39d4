import type { CaptureKind } from '../model/capture.ts';
import { isElf } from './elf.ts';

/** By the first bytes: hints, for a list. */
export function fileKind(head: Buffer): CaptureKind {
  if (isElf(head)) return 'elf';
  const text = head.toString('latin1', 0, 64);
  if (/^(REDIS|VALKEY)\d/.test(text)) return 'rdb';
  return /^#!|^<\?php|^[\t\n\r ]*(import |#include |(\*|\d+)(\/\d+)? [*\d])/.test(text)
    ? 'script'
    : 'unknown';
}
