import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walletsIn } from './wallets.ts';

describe('wallets', () => {
  test.for([
    ['a base58 address', '1111111111111111111114oLvT2'],
    ['a segwit address, test vector of BIP 173', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    [
      'a taproot address, test vector of BIP 350',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    ],
    [
      'the address of the Monero project itself',
      '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A',
    ],
  ])('finds %s in a text', ([, wallet]) => {
    expect(walletsIn(`send it to ${wallet}, now`, 8)).toEqual([wallet]);
  });

  test.for([
    ['a base58 address with a typing error', '1111111111111111111114oLvT3'],
    ['a segwit address with a typing error', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5'],
    [
      'a Monero address with a typing error',
      '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3B',
    ],
    ['the form of a Monero address', `4${'A'.repeat(94)}`],
    ['a SHA-256', createHash('sha256').update('x').digest('hex')],
    ['a session id', '3f9kQmZy7RtVbNcXwLpHsDgJ2aEuTiYo'],
  ])('takes %s for none', ([, word]) => {
    expect(walletsIn(`it is ${word} here`, 8)).toEqual([]);
  });

  test('finds every base58check address of 20 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (hash) => {
        const address = base58check(Buffer.concat([Buffer.from([0]), hash]));

        expect(walletsIn(` ${address} `, 8)).toEqual(address.length < 26 ? [] : [address]);
      }),
      { numRuns: 200 },
    );
  });

  test('stops at the number asked for', () => {
    const text = Array.from({ length: 50 }, (_, at) => base58check(Buffer.alloc(21, at))).join(' ');

    expect(walletsIn(text, 3).length).toBeLessThanOrEqual(3);
  });
});

/** As Bitcoin encodes it: payload, four bytes of a double SHA-256, base 58, a 1 for each leading zero byte. */
function base58check(payload: Buffer): string {
  const sha = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
  const whole = Buffer.concat([payload, sha(sha(payload)).subarray(0, 4)]);
  let number = BigInt(`0x${whole.toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) {
    text = `${'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'[Number(number % 58n)] ?? ''}${text}`;
  }
  const zeros = whole.findIndex((byte) => byte !== 0);
  return '1'.repeat(Math.max(0, zeros)) + text;
}
