import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf } from '../../wire/http1/head.ts';
import type { Answer } from './answer.ts';
import type { Situation } from './family.ts';
import { asChunk, gzipped, takesGzip } from './packing.ts';
import { recorded } from './persona.ts';

/** What Debian's `gzip on` leaves at its defaults: level 1, HTML only, 20 bytes at least, HTTP/1.1. */
const LEVEL = 1;
const LEAST = 20;

export function packedAsNginx(answer: Answer, head: RequestHead): Answer {
  const html = answer.headers.some(
    ([name, value]) => name === 'Content-Type' && value.startsWith('text/html'),
  );
  const fits = html && answer.body.length >= LEAST && [200, 403, 404].includes(answer.status);
  if (!fits || !/^1\.0*[1-9]/.test(head.version) || !takesGzip(head)) return answer;
  const headers = answer.headers.flatMap(([name, value]): [string, string][] => {
    if (name === 'Content-Length' || name === 'Accept-Ranges') return [];
    if (name === 'Connection' && head.method !== 'HEAD')
      return [
        ['Transfer-Encoding', 'chunked'],
        [name, value],
      ];
    return [[name, name === 'ETag' ? `W/${value}` : value]];
  });
  const body = asChunk(gzipped(answer.body, LEVEL));
  return { ...answer, headers: [...headers, ['Content-Encoding', 'gzip']], body, coded: true };
}

/** Old browsers hide short error pages: nginx makes them longer for those that say they are MSIE or Chrome (msie_padding). */
export function padded(text: string, status: number, { head, persona }: Situation): Buffer {
  const agent = headerOf(head, 'user-agent') ?? '';
  const known = agent.includes('MSIE ') || (agent.includes('Chrome/') && !agent.includes('Gecko/'));
  const pads = status >= 400 && head.version !== '0.9' && known && !agent.includes('Opera');
  const padding = recorded(persona, '404-padded').body.slice(recorded(persona, '404').body.length);
  return Buffer.from(pads ? text + padding : text, 'latin1');
}
