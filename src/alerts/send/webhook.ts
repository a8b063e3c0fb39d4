import { createHmac } from 'node:crypto';
import { printable } from '../../model/printable.ts';
import type { Clock } from '../../platform/clock.ts';
import type { WebhookStyle } from '../channel.ts';
import type { Message } from '../message.ts';
import { payloadOf } from '../payloads/payload.ts';
import type { Outcome, Send } from './outcome.ts';
import { DELIVERED, failed } from './outcome.ts';
import type { Answer } from './post.ts';
import { post } from './post.ts';
import { reasonOf } from './reason.ts';
import { retryAfterMs } from './retry-after.ts';

/** A webhook with its secrets in place. */
export interface WebhookTarget {
  readonly style: WebhookStyle;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Key of the signature. */
  readonly key?: string;
  readonly ca?: string;
  readonly timeoutMs: number;
}

export function createWebhook(target: WebhookTarget, clock: Clock): Send<Message> {
  return async (message, signal) => {
    const body = payloadOf(target.style, message);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'sundew',
      ...target.headers,
      ...(target.style === 'plain' ? ownHeaders(message, body, target.key, clock) : {}),
    };
    try {
      return outcomeOf(await post({ ...target, headers, body }, signal), clock);
    } catch (error) {
      return failed(reasonOf(error), 'Look at the address of the channel, the certificate and the network.');
    }
  };
}

/** The signature covers the time, so that a request that was listened to cannot be sent again much later. */
function ownHeaders(
  { id }: Message,
  body: string,
  key: string | undefined,
  clock: Clock,
): Record<string, string> {
  if (key === undefined) return { 'x-sundew-delivery': id };
  const time = String(Math.floor(clock.now() / 1_000));
  const signature = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
  return {
    'x-sundew-delivery': id,
    'x-sundew-timestamp': time,
    'x-sundew-signature': `sha256=${signature}`,
  };
}

/** A receiver that is gone for good is not asked again and again; one that is busy or broken is. */
function outcomeOf({ status, retryAfter, body }: Answer, clock: Clock): Outcome {
  if (status >= 200 && status < 300) return DELIVERED;
  const said = body === '' ? '' : `: ${printable(body, 120)}`;
  const reason = `it answered ${status}${said}`;
  if (status >= 300 && status < 400)
    return failed(reason, 'Redirects are not followed: write the final address into the file.', false);
  if (status === 429 || status >= 500 || status === 408) {
    const afterMs = retryAfterMs(retryAfter, clock.now());
    return {
      ok: false,
      retry: true,
      ...(afterMs === undefined ? {} : { afterMs }),
      reason,
      remedy:
        status === 429
          ? 'Raise every or lower limit of the rules.'
          : 'Its own log tells why; it is tried again.',
    };
  }
  return failed(
    reason,
    'Look at the address and the token of the channel: it refuses them, or the message.',
    false,
  );
}
