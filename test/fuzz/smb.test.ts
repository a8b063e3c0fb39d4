import { expect, test } from 'vitest';
import { fuzzSmb } from './fuzz-smb.ts';

// The long run is `npm run fuzz:smb`.
test('damaged SMB1 messages do not keep the sensor from answering', async () => {
  const result = await fuzzSmb({ messages: 20_000, seed: 20_261 });

  expect(result.faults).toEqual([]);
  expect(result.commands).toBeGreaterThan(19_000);
  expect(result.replyBytes).toBeGreaterThan(100_000);
});
