import type { ErrorAnswer } from '../../../src/serve/answers.ts';

/** The server said no, or did not answer; `message` is for people. */
export class AnswerError extends Error {}

/** One answer of the API; the server is of the same build as this page, so its shape is trusted. */
export async function fetchAnswer<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await ask(path, signal);
  if (response.ok) return (await response.json()) as T;
  const told = await response.json().then(
    (body: ErrorAnswer) => [body.error, body.remedy].filter(Boolean).join(' '),
    () => `The server answered ${response.status}.`,
  );
  throw new AnswerError(told);
}

async function ask(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new AnswerError('Sundew does not answer. Is it still running?');
  }
}
