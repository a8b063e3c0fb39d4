import type { ByteString } from '../../model/bytes.ts';
import type { Transform } from '../transform/transform.ts';
import { DECODERS, TRANSFORMS } from '../transform/transforms.ts';

/** Transformations in order. */
export interface Chain {
  /** Their names, which tell one chain from another. */
  readonly key: string;
  readonly transforms: readonly Transform[];
  /** Those of them that change a value in which nothing is encoded. */
  readonly plain: readonly Transform[];
  readonly plainKey: string;
}

/** `names`: in lower case, known ones only. */
export function chainOf(names: readonly string[]): Chain {
  const all = names.flatMap((name) => TRANSFORMS.get(name) ?? []);
  const reveal = names.findIndex((name) => REVEALING.has(name));
  const isKept = (at: number): boolean => {
    const transform = all[at];
    return (transform !== undefined && !DECODERS.has(transform)) || (reveal >= 0 && at > reveal);
  };
  return {
    key: names.join(),
    transforms: all,
    plain: all.filter((_, at) => isKept(at)),
    plainKey: names.filter((_, at) => isKept(at)).join(),
  };
}

/** Behind these, something encoded may stand where nothing was. */
const REVEALING = new Set(
  'base64decode base64decodeext base64encode hexdecode md5 sha1 sqlhexdecode urlencode'.split(' '),
);

/** None of these bytes, and no decoder has anything to do. */
export function isEncoded(value: ByteString): boolean {
  return /[%+&\\\0\x80-\xff]/.test(value);
}

export function transformed(value: ByteString, { transforms, plain }: Chain): ByteString {
  return applied(value, plain.length < transforms.length && isEncoded(value) ? transforms : plain);
}

export function applied(value: ByteString, transforms: readonly Transform[]): ByteString {
  let result = value;
  for (const transform of transforms) result = transform(result);
  return result;
}
