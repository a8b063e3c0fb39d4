import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { AlertFile } from '../../alerts/alert-file.ts';
import type { Channel, SecretPlace } from '../../alerts/channel.ts';
import { isWebAddress } from '../../alerts/channel.ts';
import type { Message } from '../../alerts/message.ts';
import { createMail } from '../../alerts/send/mail.ts';
import type { Send } from '../../alerts/send/outcome.ts';
import { createSyslog } from '../../alerts/send/syslog.ts';
import { createWebhook } from '../../alerts/send/webhook.ts';
import type { Clock } from '../../platform/clock.ts';
import { Complaint } from '../exit.ts';

const TIMEOUT_MS = 10_000;

/** The channels of a file, with their secrets read. A complaint for a secret that is not there. */
export async function openChannels(
  { channels }: AlertFile,
  clock: Clock,
): Promise<ReadonlyMap<string, Send<Message>>> {
  const opened = new Map<string, Send<Message>>();
  for (const [name, channel] of Object.entries(channels))
    opened.set(name, await openChannel(name, channel, clock));
  return opened;
}

async function openChannel(name: string, channel: Channel, clock: Clock): Promise<Send<Message>> {
  const secret = (place: SecretPlace | undefined): Promise<string | undefined> => readSecret(name, place);
  switch (channel.type) {
    case 'webhook': {
      const { style, url, urlFrom, headers, tokenFrom, tokenHeader, signFrom } = channel;
      const address = url ?? (await secret(urlFrom)) ?? '';
      if (!isWebAddress(address)) {
        throw new Complaint(`The secret of channel ${name} is no web address.`, 'It begins with https://.');
      }
      const token = await secret(tokenFrom);
      const key = await secret(signFrom);
      const ca = await readAuthority(name, channel.ca);
      const carried = tokenHeader.toLowerCase() === 'authorization' ? `Bearer ${token ?? ''}` : (token ?? '');
      return createWebhook(
        {
          style,
          url: new URL(address),
          headers: { ...headers, ...(token === undefined ? {} : { [tokenHeader]: carried }) },
          timeoutMs: TIMEOUT_MS,
          ...(key === undefined ? {} : { key }),
          ...(ca === undefined ? {} : { ca }),
        },
        clock,
      );
    }
    case 'email': {
      const { host, tls, from, to, user, passwordFrom, port = tls === 'implicit' ? 465 : 587 } = channel;
      const pass = await secret(passwordFrom);
      const ca = await readAuthority(name, channel.ca);
      return createMail({
        host,
        port,
        tls,
        from,
        to,
        timeoutMs: TIMEOUT_MS,
        ...(user === undefined || pass === undefined ? {} : { login: { user, pass } }),
        ...(ca === undefined ? {} : { ca }),
      });
    }
    case 'syslog':
      return createSyslog({ channel, hostname: hostname(), timeoutMs: TIMEOUT_MS });
  }
}

async function readSecret(channel: string, place: SecretPlace | undefined): Promise<string | undefined> {
  if (place === undefined) return undefined;
  const variable = typeof place === 'string' ? place : 'env' in place ? place.env : undefined;
  const text =
    variable === undefined && typeof place === 'object' && 'file' in place
      ? await readFile(place.file, 'utf8').catch((error: Error) => {
          throw new Complaint(
            `A secret of channel ${channel} cannot be read: ${error.message}.`,
            'Check the path and rights of the file.',
          );
        })
      : process.env[variable ?? ''];
  const [secret = ''] = (text ?? '').split(/\r?\n/, 1);
  if (secret !== '' && /^[\x21-\x7e]+$/.test(secret)) return secret;
  throw new Complaint(
    secret === ''
      ? `A secret of channel ${channel} is empty.`
      : `A secret of channel ${channel} is not one line of printable ASCII.`,
    variable === undefined
      ? 'Write it into the first line of the file.'
      : `Set the environment variable ${variable}.`,
  );
}

async function readAuthority(channel: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new Complaint(
      `The certificate authority of channel ${channel} cannot be read: ${error.message}.`,
      'Check its path and rights.',
    );
  });
}
