import { closeSync, openSync, readSync } from 'node:fs';
import { readManifest } from '../../dump/read-manifest.ts';
import { isRedisConf, readRedisConf } from '../../dump/read-redis-conf.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { FileKind } from './dump-file.ts';

const HEAD_BYTES = 65_536;

/** What a file holds, by its beginning; undefined when it is nothing of a Redis. Throws what `openSync` throws. */
export function fileKind(path: string): FileKind | undefined {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    const length = readSync(descriptor, bytes, 0, HEAD_BYTES, 0);
    return kindOf(bytes.toString('latin1', 0, length), length === HEAD_BYTES);
  } finally {
    closeSync(descriptor);
  }
}

/** @param more the text goes on behind this. */
export function kindOf(head: ByteString, more: boolean): FileKind | undefined {
  if (/^(?:REDIS\d{4}|VALKEY\d{3})/.test(head.slice(0, 9))) {
    return IN_FRONT_OF_LOG.test(head.slice(0, 1_024)) ? 'aof' : 'rdb';
  }
  if (/^(?:\*\d{1,7}\r\n\$|#TS:\d)/.test(head.slice(0, 16))) return 'aof';
  if (head === '' || head.includes('\0')) return undefined;
  const text = more ? head.slice(0, Math.max(0, head.lastIndexOf('\n'))) : head;
  if (readManifest(text) !== undefined) return 'manifest';
  const config = readRedisConf(text);
  if (config.directives.length === 0) return undefined;
  if (config.directives.every(({ name, args }) => name === 'user' && args.length > 0)) return 'acl';
  return isRedisConf(config) ? 'config' : undefined;
}

/** The AUX field by which a dump says that commands may follow it, with the number 1. */
const IN_FRONT_OF_LOG = /aof-(?:preamble|base)\xc0\x01/;
