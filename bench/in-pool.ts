export interface Run {
  readonly seconds: number;
  readonly times: readonly number[];
  readonly peakBytes: number;
  readonly cpuSeconds: number;
}

/** Does `work` for every index, `width` at a time, and takes the time of each. */
export async function inPool(
  count: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<Run> {
  const times: number[] = [];
  let next = 0;
  let peakBytes = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      const start = performance.now();
      await work(index);
      times.push(performance.now() - start);
      if (index % 500 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    times: times.toSorted((one, other) => one - other),
    peakBytes,
    cpuSeconds: (user + system) / 1e6,
  };
}

export function printRun(name: string, count: number, run: Run): void {
  const part = (share: number): string => (run.times[Math.floor((count - 1) * share)] ?? 0).toFixed(0);
  console.log(
    name.padEnd(12),
    `${count} servers in ${run.seconds.toFixed(2)} s, ${Math.round(count / run.seconds)} a second,`,
    `CPU ${((run.cpuSeconds * 1_000) / count).toFixed(3)} ms a server,`,
    `p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, at most ${Math.round(run.peakBytes / 1e6)} MB`,
  );
}
