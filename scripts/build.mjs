// Builds what is published: dist/ from src/, and the dashboard page in dist/ui.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
rmSync(join(root, 'dist'), { recursive: true, force: true });
const jobs = [
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  ['node_modules/vite/bin/vite.js', 'build', 'ui', '--logLevel', 'warn'],
  ['scripts/build-places.ts'],
  ['scripts/build-rules.ts'],
];
for (const [tool, ...words] of jobs) {
  const done = spawnSync(process.execPath, [join(root, tool), ...words], {
    cwd: root,
    stdio: 'inherit',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
