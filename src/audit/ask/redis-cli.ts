import type { Subject } from '../subject.ts';

export type Address = Pick<Subject, 'host' | 'port' | 'tls' | 'user' | 'password' | 'socket'>;

/**
 * `redis-cli` with the options that reach this server, so that a line of advice can be pasted as it is. Host and port
 * hold no character that a shell reads; a user's name may, and is left out then.
 */
export function redisCli({ host, port, tls, user, password, socket }: Address): string {
  const here = host === '' || (host === '127.0.0.1' && port === 6_379);
  const way = socket !== undefined && isPlainPath(socket) ? ` -s ${socket}` : '';
  const place = here || socket !== undefined ? way : ` -h ${host} -p ${port}`;
  const name = user !== undefined && isPlain(user) ? ` --user ${user}` : '';
  const login = user === undefined && password === undefined ? '' : `${name} --askpass`;
  return `redis-cli${place}${tls ? ' --tls' : ''}${login}`;
}

/** True when a shell takes the word as it stands. */
export function isPlain(word: string): boolean {
  return /^[A-Za-z0-9_@.+][A-Za-z0-9_@.+-]{0,63}$/.test(word);
}

function isPlainPath(path: string): boolean {
  return /^[A-Za-z0-9_@./+-]{1,107}$/.test(path) && !path.startsWith('-');
}

/** Advice as it is for this server: every `redis-cli` in it gets the options. */
export function adviceFor(target: Address, advice: string): string {
  const plain = redisCli(target);
  return advice.replace(
    /\bredis-cli( --user admin)?( --askpass)?(?= (?:[A-Z]|--rdb ))/g,
    (_, admin: string | undefined, asks: string | undefined) => {
      if (admin !== undefined) return redisCli({ ...target, user: 'admin' });
      return asks === undefined || plain.endsWith(asks) ? plain : `${plain}${asks}`;
    },
  );
}

/** The names under which Valkey installs the same programs, files and user. */
export function valkeyWords(advice: string): string {
  return advice
    .replace(/\bredis-(cli|server|sentinel|check-rdb|check-aof)\b/g, 'valkey-$1')
    .replace(/\bredis\.conf\b/g, 'valkey.conf')
    .replace(/(\/(?:etc|run|var\/lib|var\/log)\/)redis\b/g, '$1valkey')
    .replace(/\bredis:redis\b/g, 'valkey:valkey')
    .replace(/\b(User=|Group=|group |-aG )redis\b/g, '$1valkey');
}
