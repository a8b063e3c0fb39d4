import {
  base64Decode,
  base64DecodeExt,
  base64Encode,
  hexDecode,
  hexEncode,
  length,
  md5,
  sha1,
  sqlHexDecode,
} from './coding.ts';
import { cmdLine } from './command.ts';
import { removeComments, removeCommentsChar, replaceComments } from './comments.ts';
import { cssDecode } from './css.ts';
import { htmlEntityDecode } from './html.ts';
import { escapeSeqDecode, jsDecode } from './js.ts';
import { normalizePath, normalizePathWin } from './path.ts';
import {
  compressWhitespace,
  lowercase,
  removeNulls,
  removeWhitespace,
  replaceNulls,
  trim,
  trimLeft,
  trimRight,
  uppercase,
} from './space.ts';
import type { Transform } from './transform.ts';
import { urlDecode, urlDecodeUni, urlEncode } from './url.ts';
import { utf8toUnicode } from './utf8.ts';

/** By name in lower case. ModSecurity's reference manual, "Transformation functions", says what each should do. */
export const TRANSFORMS: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ['base64decode', base64Decode],
  ['base64decodeext', base64DecodeExt],
  ['base64encode', base64Encode],
  ['cmdline', cmdLine],
  ['compresswhitespace', compressWhitespace],
  ['cssdecode', cssDecode],
  ['escapeseqdecode', escapeSeqDecode],
  ['hexdecode', hexDecode],
  ['hexencode', hexEncode],
  ['htmlentitydecode', htmlEntityDecode],
  ['jsdecode', jsDecode],
  ['length', length],
  ['lowercase', lowercase],
  ['md5', md5],
  ['normalisepath', normalizePath],
  ['normalisepathwin', normalizePathWin],
  ['normalizepath', normalizePath],
  ['normalizepathwin', normalizePathWin],
  ['removecomments', removeComments],
  ['removecommentschar', removeCommentsChar],
  ['removenulls', removeNulls],
  ['removewhitespace', removeWhitespace],
  ['replacecomments', replaceComments],
  ['replacenulls', replaceNulls],
  ['sha1', sha1],
  ['sqlhexdecode', sqlHexDecode],
  ['trim', trim],
  ['trimleft', trimLeft],
  ['trimright', trimRight],
  ['uppercase', uppercase],
  ['urldecode', urlDecode],
  ['urldecodeuni', urlDecodeUni],
  ['urlencode', urlEncode],
  ['utf8tounicode', utf8toUnicode],
]);

/** Those that leave a value alone which has no percent, plus, ampersand, backslash, NUL, or byte above 127 in it. */
export const DECODERS: ReadonlySet<Transform> = new Set([
  cssDecode,
  escapeSeqDecode,
  htmlEntityDecode,
  jsDecode,
  removeNulls,
  replaceNulls,
  urlDecode,
  urlDecodeUni,
  utf8toUnicode,
]);
