// Unpacks the servers that the tests compare with, so that no test has to wait for it: `npm test` runs this first.

import type { RealRelease } from '../test/peers/real-servers.ts';
import { RELEASES, realServer } from '../test/peers/real-servers.ts';

const releases = Object.keys(RELEASES) as RealRelease[];
const results = await Promise.allSettled(releases.map((release) => realServer(release)));
for (const result of results) {
  if (result.status === 'fulfilled') continue;
  process.stderr.write(
    `sundew set-up: ${result.reason instanceof Error ? result.reason.message : result.reason}\n`,
  );
  process.exitCode = 5;
}
