import type { ActOf } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';

/** Which protocol the first bytes of a connection belong to. */
export function looksLike(bytes: ByteString): ActOf<'wire.fault'>['looksLike'] {
  const head = bytes.slice(0, 64);
  if (head.startsWith('\u0016\u0003')) return 'tls';
  if (/^(GET|POST|HEAD|PUT|OPTIONS|CONNECT|DELETE|PATCH|TRACE) \S{0,40}/.test(head) && /^[A-Z]+ \//.test(head))
    return 'http';
  if (/^host:/i.test(head)) return 'http';
  if (head.startsWith('SSH-')) return 'ssh';
  if (/^[\s\S]{4}(\u00ffSMB|\u00feSMB)/.test(head)) return 'smb';
  if (/^\u0003\u0000\u0000[\s\S]\S?\u00e0/.test(head)) return 'rdp';
  return head.startsWith('*') || head.startsWith('$') ? 'redis' : 'unknown';
}
