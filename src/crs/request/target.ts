import type { ByteString } from '../../model/bytes.ts';
import { urlDecode } from '../transform/url.ts';

/** The variables that come from the request target, as libmodsecurity 3.0.9 makes them. */
export interface TargetParts {
  /** Decoded, without scheme, host and fragment. */
  readonly uri: ByteString;
  /** Decoded path. */
  readonly filename: ByteString;
  /** Behind the last slash or backslash of the path; undefined when nothing stands there. */
  readonly basename: ByteString | undefined;
  /** Not decoded; empty without one. */
  readonly query: ByteString;
}

export function splitTarget(target: ByteString): TargetParts {
  const hash = target.indexOf('#');
  const raw = hash < 0 ? target : target.slice(0, hash);
  const question = raw.indexOf('?');
  // A plus sign of a path is not a blank.
  const decoded = urlDecode(raw.replaceAll('+', '%2b'));
  const decodedQuestion = decoded.indexOf('?');
  const filename = decodedQuestion < 0 ? decoded : decoded.slice(0, decodedQuestion);
  const slash = Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\'));
  return {
    uri: decoded.replace(/^[^/:][^:]*:\/\/[^/]*(?=\/)/, ''),
    filename,
    basename: slash >= 0 && slash + 1 < filename.length ? filename.slice(slash + 1) : undefined,
    query: question < 0 ? '' : raw.slice(question + 1),
  };
}
