import { createHash } from 'node:crypto';
import { cronLinesIn } from '../content/cron-lines.ts';
import { hasNamespace, isDistinctiveKey, isDistinctiveValue, isSharedHost } from '../content/distinctive.ts';
import { shapeFingerprint, shapeOf, valueFingerprint } from '../content/fingerprint.ts';
import { isNowhere, isPrivate } from '../content/ipv4.ts';
import type { Observable } from '../content/observables.ts';
import { observablesIn } from '../content/observables.ts';
import { tlshOf } from '../content/tlsh.ts';
import { userAgentIn } from '../content/user-agent.ts';
import { percentDecoded } from '../http/percent.ts';
import type { Act, ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { bufferFromBytes } from '../model/bytes.ts';
import { endpointParts } from '../model/endpoint.ts';
import type { IndicatorKind } from '../model/indicator.ts';
import { printable } from '../model/printable.ts';

/** What one act could teach, and how sure it is that meeting it elsewhere means the same attackers. */
export interface Candidate {
  readonly kind: IndicatorKind;
  readonly value: string;
  readonly sample?: string;
  /** 0 to 1; see docs/audit.md for what the audit does with it. */
  readonly confidence: number;
}

/** From here on an indicator ties sessions together and counts as strong ground for the audit. */
export const STRONG = 0.5;

/** Weights of what a rule itself held on; what else was written in an attack weighs half. */
const WEIGHT: Readonly<Record<Observable['kind'], number>> = {
  url: 0.85,
  endpoint: 0.8,
  'ssh-key': 0.9,
  wallet: 0.9,
  address: 0.7,
  host: 0.7,
};
/** Generic: kept for people to see, ignored by the audit. */
const GENERIC = 0.1;
/** A value that is as long as this has a SHA-256 of its own worth sharing. */
const FILE_SIZE = 256;

/**
 * @param held a rule of the axis `infected` held on this very act.
 * @param fuzzy whether a TLSH may be computed, which takes a fraction of a millisecond.
 */
export function candidatesOf(act: Act, held: boolean, fuzzy = true): readonly Candidate[] {
  switch (act.type) {
    case 'redis.value':
      return [...ofValue(act, held, held && fuzzy), ...seenIn(act.value, held)];
    case 'redis.script':
      return [
        { kind: 'script', value: act.sha1, sample: printable(act.body), confidence: held ? 0.9 : 0.3 },
        ...seenIn(act.body, held),
      ];
    case 'redis.replica-of':
      return act.host === null ? [] : ofMaster(act.host, act.port);
    case 'redis.module':
      return held && act.name !== undefined ? [{ kind: 'module', value: act.name, confidence: 0.6 }] : [];
    case 'redis.save':
      return held
        ? [{ kind: 'file-path', value: printable(`${act.dir}/${act.dbfilename}`), confidence: 0.4 }]
        : [];
    case 'redis.login':
      return act.password === ''
        ? []
        : [{ kind: 'password', value: act.password.slice(0, 256), confidence: 0.2 }];
    case 'shell.command':
      return seenIn(act.line, held);
    case 'file.captured':
      // A dump can be anybody's data; a program that a master sent in its place is the attacker's own.
      return [{ kind: 'sha256', value: act.sha256, confidence: held || act.kind === 'elf' ? 0.9 : 0.4 }];
    case 'file.offered':
      return [{ kind: 'sha256', value: act.sha256, confidence: held ? 0.9 : 0.4 }];
    case 'http.request':
      return held ? seenIn(requestText(act), held) : [];
    case 'wire.fault':
      return userAgentIn(act.sample).map((value) => ({ kind: 'user-agent', value, confidence: GENERIC }));
    case 'redis.command':
      return held ? seenIn(act.args.join(' '), held) : [];
    default:
      return [];
  }
}

/** What of a request an attacker writes freely, decoded once; the name of the server it was sent to is not of it. */
function requestText({ target, headers, body }: ActOf<'http.request'>): ByteString {
  const spoken = headers.filter(
    ([name]) => !/^(?:host|accept.*|connection|content-length|origin)$/i.test(name),
  );
  return [target, ...spoken.map(([, value]) => value), body]
    .map((text) => percentDecoded(text, true))
    .join('\n');
}

function ofValue(act: ActOf<'redis.value'>, held: boolean, fuzzy: boolean): Candidate[] {
  const found: Candidate[] = [
    {
      kind: 'key',
      value: act.key,
      sample: printable(act.key),
      confidence: isDistinctiveKey(act.key) ? (held && !hasNamespace(act.key) ? 0.6 : 0.4) : GENERIC,
    },
  ];
  if (act.value === '') return found;
  const sample = printable(act.value);
  const whole = act.cut?.[0];
  if (whole === undefined) {
    const telling = isDistinctiveValue(act.value) ? 0.4 : GENERIC;
    found.push({
      kind: 'value',
      value: valueFingerprint(act.value),
      sample,
      confidence: held ? 0.9 : telling,
    });
    const shape = held ? shapeFingerprint(act.value) : undefined;
    if (shape !== undefined) {
      found.push({
        kind: 'value-shape',
        value: shape,
        sample: printable(shapeOf(act.value)),
        confidence: 0.8,
      });
    }
  }
  if (held) {
    found.push(
      ...cronLinesIn(act.value).map((value): Candidate => ({ kind: 'cron', value, confidence: 0.6 })),
    );
    const near = fuzzy && whole === undefined ? tlshOf(act.value) : undefined;
    if (near !== undefined) found.push({ kind: 'tlsh', value: near, sample, confidence: 0.6 });
  }
  if (whole !== undefined || act.value.length >= FILE_SIZE) {
    const sha256 = whole?.sha256 ?? createHash('sha256').update(bufferFromBytes(act.value)).digest('hex');
    found.push({ kind: 'sha256', value: sha256, sample, confidence: held ? 0.9 : 0.4 });
  }
  return found;
}

function seenIn(bytes: ByteString, held: boolean): Candidate[] {
  return observablesIn(bytes).map(({ kind, value }) => ({
    kind,
    value,
    confidence: confidence(kind, value, held),
  }));
}

function confidence(kind: Observable['kind'], value: string, held: boolean): number {
  const weight = held ? WEIGHT[kind] : WEIGHT[kind] / 2;
  if (kind === 'address') return isPrivate(value) || isSharedHost(value) ? GENERIC : weight;
  if (kind === 'host') return isSharedHost(value) ? GENERIC : weight;
  if (kind !== 'endpoint') return weight;
  const host = endpointParts(value).host;
  return isPrivate(host) || isSharedHost(host) ? GENERIC : weight;
}

/** A visitor who makes the sensor somebody's replica names the server that the next stage comes from. */
function ofMaster(host: ByteString, port: number | null): Candidate[] {
  const name = host.toLowerCase();
  // A name without a dot (`redis-master`) is somebody else's machine in every network.
  if (!/^[a-z0-9.:-]{1,253}$/.test(name) || !/[.:]/.test(name) || isNowhere(name)) return [];
  const kind = /^[\d.]+$/.test(name) ? 'address' : 'host';
  const found: Candidate[] = [{ kind, value: name, confidence: confidence(kind, name, true) }];
  if (port !== null) {
    const value = `${name}:${port}`;
    found.push({ kind: 'endpoint', value, confidence: confidence('endpoint', value, true) });
  }
  return found;
}

/** The visitor's own address, once the visit has proved to be an attack. */
export function ofSource(address: string): readonly Candidate[] {
  if (isNowhere(address) || address === '::1') return [];
  return [{ kind: 'address', value: address, confidence: isPrivate(address) ? GENERIC : 0.6 }];
}
