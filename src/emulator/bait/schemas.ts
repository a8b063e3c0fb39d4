import type { ByteString } from '../../model/bytes.ts';
import { createByteList } from '../byte-list.ts';
import { createScores } from '../scored-members.ts';
import type { Builder, Schema } from './bait.ts';
import { hash, text } from './bait.ts';

const HOUR = 3_600_000;
const NAMES = [
  'anna',
  'ben',
  'carla',
  'david',
  'elif',
  'felix',
  'greta',
  'hugo',
  'ines',
  'jonas',
  'lea',
  'marc',
  'nina',
  'omar',
  'paula',
  'rosa',
  'sven',
  'tom',
] as const;
const WORDS = [
  'desk',
  'lamp',
  'chair',
  'mug',
  'shelf',
  'frame',
  'rug',
  'vase',
  'clock',
  'stool',
  'bench',
  'tray',
] as const;

const person = (build: Builder): { name: string; email: string } => {
  const name = build.pick(NAMES);
  return { name, email: `${name}.${build.letters(6)}@${build.slug}.internal` };
};

/** Sessions of a web application, in one of the ways that frameworks keep them. */
const sessions: Schema = (build) => {
  const form = build.pick(['express', 'spring', 'flask']);
  for (let left = build.about(160); left > 0; left--) {
    const id = build.letters(32, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
    const user = 1_000 + build.random.below(90_000);
    const { email } = person(build);
    const ttl = HOUR * (1 + build.random.below(336));
    let key: ByteString;
    if (form === 'spring') {
      key = `spring:session:sessions:${build.uuid()}`;
      build.add(
        key,
        hash({
          creationTime: build.now - build.random.below(86_400_000),
          maxInactiveInterval: 1_800,
          'sessionAttr:uid': user,
          'sessionAttr:mail': email,
        }),
        ttl,
      );
    } else {
      key = form === 'express' ? `sess:${id}` : `session:${id}`;
      const cookie = { originalMaxAge: 1_209_600_000, httpOnly: true, secure: true, path: '/' };
      build.add(key, text(JSON.stringify({ cookie, uid: user, mail: email, csrf: build.letters(24) })), ttl);
    }
    if (left % 20 === 0) build.note('email', email, key);
    if (left % 25 === 0 && form !== 'spring') build.note('session', id, key);
  }
};

const shop: Schema = (build) => {
  const prefix = build.pick([`${build.slug}:`, 'shop:', '']);
  const ids = Array.from({ length: build.about(120) }, () => 10_000 + build.random.below(80_000));
  const scores: [string, number][] = [];
  for (const id of new Set(ids)) {
    const price = (5 + build.random.below(40_000) / 100).toFixed(2);
    build.add(
      `${prefix}product:${id}`,
      hash({
        sku: `${build.letters(3, 'BCDFGHKLMNPRST')}-${id}`,
        title: `${build.pick(WORDS)} ${build.letters(4)}`,
        price,
        currency: 'EUR',
        stock: build.random.below(300),
      }),
    );
    scores.push([String(id), build.random.below(5_000)]);
  }
  build.add(`${prefix}top:${1 + build.random.below(52)}`, {
    type: 'zset',
    scores: createScores(scores.slice(0, 60)),
  });
  for (let left = build.about(50); left > 0; left--) {
    const lines = Object.fromEntries(
      Array.from({ length: 1 + build.random.below(4) }, () => [
        String(ids[build.random.below(ids.length)] ?? 1),
        1 + build.random.below(3),
      ]),
    );
    build.add(`${prefix}cart:${build.uuid()}`, hash(lines), HOUR * (1 + build.random.below(72)));
  }
};

const jobs: Schema = (build) => {
  const queue = build.pick(['mail', 'invoice', 'export', 'thumbs', 'webhook']);
  const prefix = build.pick([`bull:${queue}`, `${build.slug}:jobs:${queue}`]);
  const last = 4_000 + build.random.below(60_000);
  build.add(`${prefix}:id`, text(String(last)));
  const waiting = Array.from({ length: build.about(20) }, (_, at) => String(last - at));
  build.add(`${prefix}:wait`, { type: 'list', items: createByteList(waiting) });
  for (const id of waiting) {
    const { email } = person(build);
    const timestamp = build.now - build.random.below(600_000);
    build.add(
      `${prefix}:${id}`,
      hash({
        name: 'send',
        data: JSON.stringify({ to: email, tpl: build.pick(['welcome', 'order', 'reset', 'invoice']) }),
        opts: '{"attempts":3}',
        timestamp,
        delay: 0,
        priority: 0,
      }),
    );
  }
  build.add(`${prefix}:completed`, {
    type: 'zset',
    scores: createScores(
      Array.from(
        { length: build.about(200) },
        (_, at) => [String(last - 100 - at), build.now - at * 4_000 - build.random.below(3_000)] as const,
      ),
    ),
  });
};

const limits: Schema = (build) => {
  const prefix = build.pick(['rl', 'ratelimit', 'throttle', `${build.slug}:rl`]);
  for (let left = build.about(40); left > 0; left--) {
    const client = `10.${build.random.below(255)}.${build.random.below(255)}.${1 + build.random.below(254)}`;
    build.add(
      `${prefix}:${client}`,
      text(String(1 + build.random.below(58))),
      1_000 * (60 + build.random.below(3_000)),
    );
  }
};

/** Where applications keep what they should not. */
const settings: Schema = (build) => {
  const password = build.letters(18, 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789');
  const api = `${build.pick(['sk', 'pk', 'key'])}_live_${build.letters(32)}`;
  const mail = `${build.slug}:${build.pick(['config:smtp', 'settings:mail', 'conf:mailer'])}`;
  build.add(
    mail,
    hash({
      host: `mail.${build.slug}.internal`,
      port: 587,
      user: `noreply@${build.slug}.internal`,
      pass: password,
      tls: 1,
    }),
  );
  build.note('password', password, mail);
  const payment = `${build.slug}:${build.pick(['config:pay', 'settings:billing', 'conf:payments'])}`;
  build.add(
    payment,
    text(JSON.stringify({ provider: build.pick(['card', 'invoice', 'sepa']), key: api, mode: 'live' })),
  );
  build.note('api-key', api, payment);
  const database = build.letters(16);
  const dsn = `${build.slug}:${build.pick(['config:db', 'settings:dsn', 'conf:replica'])}`;
  build.add(
    dsn,
    text(
      `postgres://${build.slug}_app:${database}@10.${build.random.below(200)}.${build.random.below(200)}.12:5432/${build.slug}`,
    ),
  );
  build.note('password', database, dsn);
  build.add(
    `${build.slug}:features`,
    hash({ new_checkout: build.random.below(2), beta_search: build.random.below(2), dark_mode: 1 }),
  );
};

const counters: Schema = (build) => {
  const day = new Date(build.now).toISOString().slice(0, 10);
  for (const name of ['visits', 'signups', 'orders'])
    build.add(`${build.slug}:stat:${name}:${day}`, text(String(build.random.below(40_000))), 48 * HOUR);
  const members = Array.from({ length: build.about(30) }, () => String(1_000 + build.random.below(90_000)));
  build.add(`${build.slug}:online`, { type: 'set', members: new Set(members) });
};

/** Every sensor has the first ones, and some of the others. */
export const ALWAYS: readonly Schema[] = [sessions, settings, counters];
export const SOMETIMES: readonly Schema[] = [shop, jobs, limits];
