import { createTransport } from 'nodemailer';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { MailChannel } from '../channel.ts';
import type { Message } from '../message.ts';
import { mailText } from '../payloads/mail.ts';
import type { Outcome, Send } from './outcome.ts';
import { DELIVERED, failed } from './outcome.ts';
import { reasonOf } from './reason.ts';

/** A mail server with its secrets in place. */
export interface MailTarget extends Pick<MailChannel, 'host' | 'tls' | 'from' | 'to'> {
  readonly port: number;
  readonly login?: { readonly user: string; readonly pass: string };
  readonly ca?: string;
  readonly timeoutMs: number;
}

export function createMail(target: MailTarget): Send<Message> {
  const { host, port, tls, login, ca, from, to, timeoutMs } = target;
  return async (message, signal) => {
    const transport = createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(login === undefined ? {} : { auth: login }),
      ...(ca === undefined ? {} : { tls: { ca } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = (): void => reject(new Error('stopped before it was answered'));
    // Each step has its time; a server that is slow at every one of them has to end as well.
    const timer = setTimeout(
      () => reject(new Error(`not done within ${(timeoutMs * 2) / 1_000} s`)),
      timeoutMs * 2,
    );
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) stop();
      const sending = transport.sendMail({
        from,
        to: [...to],
        ...mailText(message),
        messageId: `<${message.id}@sundew.invalid>`,
        date: new Date(message.time),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      const sent: unknown = await Promise.race([sending, stopped]);
      const { rejected } = sent as { readonly rejected: readonly unknown[] };
      return rejected.length === 0
        ? DELIVERED
        : failed(
            `it took the mail, but not for ${rejected.length} of ${to.length} recipients`,
            CHECK_TO,
            false,
          );
    } catch (error) {
      return refusalOf(error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      transport.close();
    }
  };
}

const CHECK_TO = 'Look at from and to of the channel.';

/** A 4xx of SMTP is for now, a 5xx for good. */
function refusalOf(error: unknown): Outcome {
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const code = errorCode(error) ?? '';
  const said = error instanceof Error ? printableText(error.message, 160) : 'failed';
  if (code === 'EAUTH')
    return failed('it refuses the user or the password', 'Look at user and passwordFrom.', false);
  if (code === 'ETLS' || /certificate|self.signed|TLS/i.test(said.slice(0, 160)))
    return failed(`no TLS that can be trusted: ${said}`, 'Look at tls, port and ca of the channel.');
  if (status >= 500) return failed(`it answered ${said}`, CHECK_TO, false);
  if (status >= 400) return failed(`it answered ${said}`, 'It is tried again.');
  return failed(
    code === 'ESOCKET' || code === 'ECONNECTION' || code === '' ? said : reasonOf(error),
    'Look at host, port and tls of the channel, and the network.',
  );
}
