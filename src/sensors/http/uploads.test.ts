import { describe, expect, test } from 'vitest';
import type { RequestHead } from '../../wire/http1/head.ts';
import type { OfferedBy, UploadKeeper } from './offered-file.ts';
import { receiveFile } from './offered-file.ts';
import type { Uploads } from './uploads.ts';
import { createUploads } from './uploads.ts';

const BY: OfferedBy = { session: 's', address: '192.0.2.1', port: 1, target: '/a/b.php?x=1' };
const head = (method: string, type?: string): RequestHead => ({
  method,
  target: BY.target,
  version: '1.1',
  headers: type === undefined ? [] : [['Content-Type', type]],
  flaws: new Set(),
  framing: { kind: 'none' },
  line: '',
  bytes: 0,
});

function uploadsOf(
  of: RequestHead,
  room = 1_000_000,
): { uploads: Uploads; kept: string[]; paths: string[]; gone: () => number } {
  const [kept, paths]: [string[], string[]] = [[], []];
  let gone = 0;
  const keeper: UploadKeeper = {
    kindOf: () => 'unknown',
    begin: () => {
      let content = '';
      return {
        write: (piece) => {
          if (content.length + piece.length > room) throw new Error('full');
          content += piece.toString('latin1');
        },
        finish: ({ path }) => {
          kept.push(content);
          paths.push(path);
          return true;
        },
        abort: () => undefined,
      };
    },
  };
  const uploads = createUploads(of, (about) =>
    receiveFile(about, keeper.begin(), keeper, 1_000, () => gone++),
  );
  return { uploads, kept, paths, gone: () => gone };
}

describe('the files in a body', () => {
  test.for<[string, string | undefined, string, boolean]>([
    ['PUT', 'text/plain', 'a', true],
    ['PUT', undefined, 'a', true],
    ['POST', 'application/octet-stream', 'a', true],
    ['POST', 'image/png', 'a', true],
    ['POST', undefined, '\u007fELF\u0000', true],
    ['POST', undefined, '<?php', false],
    ['POST', 'application/x-www-form-urlencoded', 'a=b', false],
    ['POST', 'application/json; charset=utf-8', '{}', false],
    ['POST', 'application/soap+xml', '<a/>', false],
    ['POST', 'text/xml', '<a/>', false],
  ])('%s of type %s with %j: %s', ([method, type, content, isFile]) => {
    const { uploads, kept, paths } = uploadsOf(head(method, type));

    uploads.push(Buffer.from(content, 'latin1'));
    const told = uploads.end(BY);

    expect(told.map(({ name, size, kept: lies }) => [name, size, lies])).toEqual(
      isFile ? [['b.php', content.length, true]] : [],
    );
    expect([kept, paths]).toEqual(isFile ? [[content], [BY.target]] : [[], []]);
  });

  test('are told and not kept when there is no room, when they are too large, and when they are empty', () => {
    const full = uploadsOf(head('PUT'), 2);
    const large = uploadsOf(head('PUT'));
    const empty = uploadsOf(head('POST', 'multipart/form-data; boundary=B'));
    full.uploads.push(Buffer.from('abc'));
    for (let pieces = 0; pieces < 3; pieces++) large.uploads.push(Buffer.alloc(500));
    empty.uploads.push(
      Buffer.from('--B\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\n\r\n--B--\r\n'),
    );

    for (const { uploads, kept, gone } of [full, large, empty]) {
      expect(uploads.end(BY)).toMatchObject([{ kept: false, fresh: false }]);
      expect([kept, gone(), uploads.found]).toEqual([[], 1, false]);
    }
  });

  test('are let go when the connection goes first', () => {
    const { uploads, kept, gone } = uploadsOf(head('PUT'));

    uploads.push(Buffer.from('abc'));
    uploads.abort();

    expect([uploads.end(BY), kept, gone()]).toEqual([[], [], 1]);
  });
});
