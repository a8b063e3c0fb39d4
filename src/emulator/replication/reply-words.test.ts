import { expect, test } from 'vitest';
import { array, bulk, integer, map, nullBulk } from '../../wire/resp-reply.ts';
import { bulksOf } from './reply-words.ts';

test('the bulk strings of a reply are found however deep they are, and whatever is in them', () => {
  const reply = array([
    bulk('key'),
    array([bulk('$3\r\nabc\r\n'), nullBulk(2), integer(5)]),
    map([bulk(''), bulk('v')], 3),
  ]);

  expect(bulksOf(reply)).toEqual(['key', '$3\r\nabc\r\n', '', 'v']);
});
