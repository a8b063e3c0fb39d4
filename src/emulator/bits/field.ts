import type { ByteString } from '../../model/bytes.ts';
import { array, integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, nil, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { lengthOf } from '../strings/long-string.ts';
import { checkLength, stringOf } from '../strings/store.ts';
import { since } from '../version.ts';
import type { ByteEditor } from './byte-editor.ts';
import { createByteEditor } from './byte-editor.ts';
import type { FieldWord } from './field-words.ts';
import { fieldWords } from './field-words.ts';
import { fitted } from './overflow.ts';

export function bitField(call: Call, readOnly: boolean): ByteString {
  const words = fieldWords(call);
  const writes = words.filter(({ action }) => action !== 'get');
  if (readOnly && writes.length > 0) fail('ERR BITFIELD_RO only supports the GET subcommand');
  const key = argument(call, 1);
  const old = stringOf(call, key);
  const least = writes.reduce(
    (most, { offset, width }) => Math.max(most, Math.floor((offset + width - 1) / 8) + 1),
    0,
  );
  const grows = least > lengthOf(old);
  if (grows) checkLength(call, old, least);
  const editor = createByteEditor(old, least);
  let changes = 0;
  const replies = words.map((word) => {
    const before = read(editor, word);
    if (word.action === 'get') return integer(before);
    const wanted = word.action === 'set' ? word.value : before;
    const after = fitted(word, wanted, word.action === 'set' ? 0n : word.value);
    if (after === undefined) return nil(call);
    write(editor, word, after);
    if (grows || before !== after || !since(call, 7)) changes++;
    return integer(word.action === 'set' ? before : after);
  });
  if (writes.length > 0) call.db.set(key, editor.finish(), call.db.expires(key));
  if (changes > 0) {
    notify(call, '$', 'setbit', key);
    touched(call, key, changes);
  }
  return array(replies);
}

/** Fields of so many bits are read and written without big numbers, which take ten times as long. */
const NARROW = 32;

function read(editor: ByteEditor, { offset, width, signed }: FieldWord): bigint {
  const [first, last] = [Math.floor(offset / 8), Math.floor((offset + width - 1) / 8)];
  const behind = (last + 1) * 8 - offset - width;
  if (width <= NARROW) {
    let sum = 0;
    for (let place = first; place <= last; place++) sum = sum * 256 + editor.byte(place);
    const value = Math.floor(sum / 2 ** behind) % 2 ** width;
    return BigInt(signed && value >= 2 ** (width - 1) ? value - 2 ** width : value);
  }
  let bits = 0n;
  for (let place = first; place <= last; place++) bits = (bits << 8n) | BigInt(editor.byte(place));
  bits >>= BigInt(behind);
  return signed ? BigInt.asIntN(width, bits) : BigInt.asUintN(width, bits);
}

function write(editor: ByteEditor, { offset, width }: FieldWord, value: bigint): void {
  const [first, last] = [Math.floor(offset / 8), Math.floor((offset + width - 1) / 8)];
  const behind = (last + 1) * 8 - offset - width;
  if (width <= NARROW) {
    let bits = Number(BigInt.asUintN(width, value)) * 2 ** behind;
    let mask = (2 ** width - 1) * 2 ** behind;
    for (let place = last; place >= first; place--) {
      editor.put(place, (editor.byte(place) & ~(mask % 256)) | (bits % 256));
      bits = Math.floor(bits / 256);
      mask = Math.floor(mask / 256);
    }
    return;
  }
  let bits = BigInt.asUintN(width, value) << BigInt(behind);
  let mask = ((1n << BigInt(width)) - 1n) << BigInt(behind);
  for (let place = last; place >= first; place--) {
    const kept = editor.byte(place) & ~Number(mask & 0xffn);
    editor.put(place, kept | Number(bits & 0xffn));
    bits >>= 8n;
    mask >>= 8n;
  }
}
