import { isIP } from 'node:net';
import { hasNamespace } from '../../content/distinctive.ts';
import { observablesIn } from '../../content/observables.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Indicator } from '../../model/indicator.ts';
import { printable } from '../../model/printable.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { KeyPlace } from '../walk/walk-data.ts';
import type { AttackLook } from './attack-look.ts';
import { attackLook } from './attack-look.ts';
import type { LearntIndex } from './learnt.ts';
import { SURE } from './learnt.ts';
import type { LearntGround } from './learnt-ground.ts';
import { learntGround, shareSession } from './learnt-ground.ts';
import { learntOfKeys } from './learnt-keys.ts';
import { learntOfServer } from './learnt-server.ts';
import type { Trace } from './trace.ts';

export interface LearntGrounds {
  /** True when the value is one that our sensors have met, or holds one, on strong ground. */
  observe(trace: Trace): boolean;
  /** What it all amounts to; `named` are the keys that exist under a learnt name. */
  grounds(named: readonly KeyPlace[]): readonly LearntGround[];
}

/** Hints are many where a sensor was fed with names that everybody uses; they must not crowd out a proof. */
const MOST_STRONG = 100;
const MOST_WEAK = 50;

export function collectLearntGrounds(index: LearntIndex, facts: ServerFacts): LearntGrounds {
  const strong: LearntGround[] = [];
  const weak: LearntGround[] = [];
  const suspect = new Set<ByteString>();
  const add = (one: LearntGround): void => {
    if (one.strong ? strong.length < MOST_STRONG : weak.length < MOST_WEAK)
      (one.strong ? strong : weak).push(one);
  };
  learntOfServer(index, facts).forEach(add);
  return {
    observe: (trace) => {
      const { act } = trace;
      if (act.type !== 'redis.value') return false;
      const name = index.get('key', act.key);
      if (name === undefined && !index.knowsValues) return false;
      const look = attackLook(act.value);
      if (name !== undefined && act.kind === 'string' && (look.padded || look.command)) suspect.add(act.key);
      const found = index.knowsValues ? groundsOf(index, trace, look, name) : [];
      found.forEach(add);
      return found.some((one) => one.strong);
    },
    grounds: (named) => [...strong, ...weak, ...learntOfKeys(index, named, suspect)],
  };
}

function groundsOf(
  index: LearntIndex,
  { act, place, key, whole }: Trace,
  look: AttackLook,
  name: Indicator | undefined,
): LearntGround[] {
  if (act.type !== 'redis.value' || key === undefined) return [];
  const found: LearntGround[] = [];
  const alike = whole === true ? index.value(act.value) : [];
  const sure = alike.find((value) => value.confidence >= SURE && bears(value, look));
  const pair = alike.find((value) => name !== undefined && shareSession(name, value));
  const [hint] = alike;
  if (sure !== undefined) {
    found.push(learntGround('value', true, place, `the value of ${place}`, [sure], [key]));
  } else if (pair !== undefined && name !== undefined && isOwnPair(act.key, act.kind, look)) {
    found.push(learntGround('pair', true, place, `the key ${place} with its value`, [pair, name], [key]));
  } else if (hint !== undefined && hint.confidence >= SURE) {
    found.push(learntGround('value', false, place, `the value of ${place}`, [hint], []));
  }
  for (const indicator of observed(index, act.value)) {
    const { kind, value } = indicator;
    const strong = indicator.confidence >= SURE && standsAlone(indicator, look);
    const what = `${KIND_NAMES[kind] ?? kind} ${printable(value, 120)} in ${place}`;
    found.push(
      learntGround(strong ? 'observable' : 'address', strong, place, what, [indicator], strong ? [key] : []),
    );
  }
  return found;
}

/** The shape of a value leaves out what is encoded in it, so data can be made to fit; the value itself says more. */
function bears({ kind }: Indicator, { padded, command }: AttackLook): boolean {
  return padded || (kind === 'value' && command);
}

/** A key without a name space, which is nobody's application, with words for a value: as a visitor left both. */
function isOwnPair(key: ByteString, kind: string, { padded, command, prose }: AttackLook): boolean {
  return kind === 'string' && !hasNamespace(key) && (padded || command || prose);
}

/**
 * What ties a value to an attack by itself. Everybody's public key can be put between empty lines, everybody's URL behind
 * curl: so the key has to stand here as sshd wants it, and of URLs and endpoints only bare addresses count in a command.
 */
function standsAlone({ kind, value }: Indicator, { padded, command }: AttackLook): boolean {
  switch (kind) {
    case 'ssh-key':
      return padded;
    case 'url':
    case 'endpoint':
      return command && (padded || isIP(hostOf(value)) !== 0);
    case 'wallet':
      return padded || command;
    default:
      return false;
  }
}

/** `http://host:port/path` and `host:port`. */
function hostOf(text: string): string {
  return /^(?:[a-z+]{2,12}:\/\/)?([^/:?#]*)/.exec(text.slice(0, 300))?.[1] ?? '';
}

const KIND_NAMES: Readonly<Partial<Record<Indicator['kind'], string>>> = {
  url: 'the URL',
  endpoint: 'the endpoint',
  'ssh-key': 'the SSH key',
  wallet: 'the wallet',
  address: 'the address',
  host: 'the host',
};

function observed(index: LearntIndex, value: ByteString): Indicator[] {
  return observablesIn(value).flatMap(({ kind, value: what }) => index.get(kind, what) ?? []);
}
