import { PersonaFault } from '../emulator/persona-fault.ts';
import type { RedisLink, ServerAddress } from './redis-link.ts';
import { addressText } from './redis-link.ts';

export interface Login {
  readonly user: string | undefined;
  readonly password: string;
}

/** Logs in where a password is given, and makes sure that the server answers as a Redis to whom it lets in. */
export async function enter(
  link: RedisLink,
  address: ServerAddress,
  login: Login | undefined,
): Promise<void> {
  const where = addressText(address);
  if (login !== undefined) {
    const words = login.user === undefined ? [login.password] : [login.user, login.password];
    const said = await link.ask('AUTH', ...words);
    if (said.kind === 'error') {
      throw new PersonaFault(
        `${where} refuses the password: ${said.text.slice(0, 120)}`,
        'Give the one it takes: redis://USER:PASSWORD@HOST:PORT',
      );
    }
  }
  const said = await link.ask('PING');
  if (said.kind !== 'error' && !(said.kind === 'simple' && said.text === 'PONG')) {
    throw new PersonaFault(
      `${where} does not speak as Redis does: PING got another reply than PONG.`,
      'Give the address of a Redis or Valkey server, without TLS.',
    );
  }
  if (said.kind !== 'error') return;
  throw said.text.startsWith('NOAUTH')
    ? new PersonaFault(`${where} wants a password.`, 'Give it: redis://:PASSWORD@HOST:PORT')
    : new PersonaFault(
        `${where} refuses: ${said.text.slice(0, 120)}`,
        'Let this machine in, or record from the machine of the server.',
      );
}
