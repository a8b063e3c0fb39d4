import type { SensorView } from '../../../src/serve/answers.ts';
import { CopyButton } from './copy-button.tsx';

/** Nobody came yet: how to be the first. */
export function TryIt({ sensors }: { readonly sensors: readonly SensorView[] }) {
  const sensor = sensors[0];
  if (sensor === undefined) return <p class="sentence">No sensor is running, so nobody can come.</p>;
  const host = ['127.0.0.1', '0.0.0.0', 'localhost'].includes(sensor.host) ? '' : `-h ${sensor.host} `;
  const line = `redis-cli ${host}-p ${sensor.port} config set dir /var/spool/cron`;
  return (
    <div class="try-it">
      <p>Nobody has come yet. Try it from a terminal on this machine:</p>
      <p class="command-line">
        <code>{line}</code>
        <CopyButton text={line} />
      </p>
      <p class="dim">It appears here at once, with what is to be thought of it.</p>
    </div>
  );
}
