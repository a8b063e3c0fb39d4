import { onTestFinished } from 'vitest';
import type { Running } from './sundew.ts';
import { startSundew } from './sundew.ts';

/** `sundew up` on free ports, stopped when the test is over. */
export async function startSensor(
  environment: { SUNDEW_DATA: string },
  ...words: string[]
): Promise<{ running: Running; port: number; page: string }> {
  const running = startSundew(
    ['up', '--redis', '127.0.0.1:0', '--dashboard', '127.0.0.1:0', ...words],
    environment,
  );
  onTestFinished(async () => {
    await running.stop('SIGKILL');
  });
  const [, port = ''] = await running.says(/Redis sensor\s+127\.0\.0\.1:(\d+)/);
  const [, page = ''] = await running.says(/Dashboard\s+(http:\S+)/);
  await running.says(/Expose it/);
  return { running, port: Number(port), page };
}
