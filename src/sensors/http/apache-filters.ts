import type { RequestHead } from '../../wire/http1/head.ts';
import type { Answer } from './answer.ts';
import { gzipped, takesGzip } from './packing.ts';

/** zlib's own default, which mod_deflate leaves. */
const LEVEL = 6;
/** What Debian's deflate.conf names, of what the site has. */
const PACKED = /^(text\/(html|plain|css|javascript)|application\/javascript)/;

/** What is smaller is left as it is. */
const LEAST = 100;

/** mod_deflate: packs what it may, and says that it would. */
export function packedAsApache(answer: Answer, head: RequestHead): Answer {
  const type = answer.headers.find(([name]) => name === 'Content-Type')?.[1] ?? '';
  const fits = answer.body.length >= LEAST || answer.status === 206;
  const may = PACKED.test(type) && fits && [200, 206].includes(answer.status);
  const plain = answer.headers.filter(([name]) => name !== 'Vary');
  if (!may) return { ...answer, headers: plain };
  if (answer.status !== 200 || !takesGzip(head)) return answer;
  const body = gzipped(answer.body, LEVEL);
  const headers = answer.headers.flatMap(([name, value]): [string, string][] => {
    if (name === 'Vary') return [];
    if (name === 'ETag') return [[name, `${value.slice(0, -1)}-gzip"`]];
    if (name !== 'Content-Length') return [[name, value]];
    return [
      ['Vary', 'Accept-Encoding'],
      ['Content-Encoding', 'gzip'],
      [name, String(body.length)],
    ];
  });
  return { ...answer, headers, body };
}
