import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for everything: the look-up, the connection, the answer. */
  readonly timeoutMs: number;
  /** PEM of an authority to trust instead of the system's. */
  readonly ca?: string;
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The beginning of the body, as bytes. */
  readonly body: string;
}

/** What is read of an answer; it is only there for the reason of a refusal. */
const MOST_READ = 4_096;

/** One POST. Follows no redirect, reads little of the answer, and rejects when it takes too long or is aborted. */
export function post(
  { url, headers, body, timeoutMs, ca }: PostRequest,
  signal: AbortSignal,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = open(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    agent: false,
    maxHeaderSize: 16_384,
    ...(ca === undefined ? {} : { ca }),
  });
  const end = (settle: () => void): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    settle();
    request.destroy();
  };
  const abort = (): void => end(() => reject(new Error('stopped before it was answered')));
  const timer = setTimeout(
    () => end(() => reject(new Error(`no answer within ${timeoutMs / 1_000} s`))),
    timeoutMs,
  );
  request.on('error', (error) => end(() => reject(error)));
  request.on('response', (response) => {
    let read = '';
    const answered = (): void =>
      end(() =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          body: read,
        }),
      );
    response.setEncoding('latin1');
    response.on('data', (piece: string) => {
      read = (read + piece).slice(0, MOST_READ);
      if (read.length >= MOST_READ) answered();
    });
    // The status is there: an answer whose end is missing is an answer.
    response.on('end', answered).on('error', answered).on('aborted', answered);
  });
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  request.end(body);
  return promise;
}
