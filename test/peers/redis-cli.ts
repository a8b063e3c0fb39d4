import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs redis-cli with words, or with lines (or raw bytes) on its standard input; resolves with what it printed. */
export async function redisCli(
  port: number,
  words: readonly string[],
  input?: string | Buffer,
): Promise<string> {
  const child = spawn('redis-cli', ['-p', String(port), ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('latin1').on('data', (text: string) => {
      said += text;
    });
  }
  child.stdin.end(input ?? '');
  await once(child, 'close');
  return said;
}
