import type { ActOf } from '../../model/act.ts';
import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf } from '../../wire/http1/head.ts';
import type { MultipartParser } from '../../wire/http1/multipart.ts';
import { createMultipartParser } from '../../wire/http1/multipart.ts';
import { parseParameters } from '../../wire/http1/parameters.ts';
import type { OfferedBy, OfferedFile, OfferedName } from './offered-file.ts';

/** Finds the files in the body of one request. */
export interface Uploads {
  push(piece: Buffer): void;
  /** The body is whole: what came, as acts. */
  end(by: OfferedBy): ActOf<'file.offered'>[];
  /** The connection went first: what had come is let go. */
  abort(): void;
  /** A file with something in it came with a form. */
  readonly found: boolean;
}

/** Bodies of these types are text that the request's own act holds, unless they come with PUT. */
const TEXT =
  /^(text\/|application\/(x-www-form-urlencoded|json|xml|graphql|javascript|[\w.-]+\+(json|xml)|soap)|$)/;
const MIME_BYTES = 256;

/** `receive` opens one file; undefined when the request has brought enough of them. */
export function createUploads(
  head: RequestHead,
  receive: (about: OfferedName) => OfferedFile | undefined,
): Uploads {
  const type = headerOf(head, 'content-type') ?? '';
  const { value, parameters } = parseParameters(type);
  const form: MultipartParser | undefined = value.startsWith('multipart/')
    ? createMultipartParser(parameters.get('boundary'))
    : undefined;
  /** The whole body is the file: decided with its first piece. */
  const raw = (piece: Buffer): boolean =>
    head.method === 'PUT' || !TEXT.test(value) || (value === '' && piece.includes(0));
  const done: OfferedFile[] = [];
  let current: OfferedFile | undefined;
  let begun = false;
  let found = false;
  /** Within a part that is a file, whether it is received or not. */
  let within = false;

  const open = (about: OfferedName): void => {
    current = receive(about);
    if (current !== undefined) done.push(current);
  };
  const part = (events: ReturnType<MultipartParser['push']>): void => {
    for (const event of events) {
      if (event.kind === 'part') {
        const { field, filename, type: mime } = event.part;
        current = undefined;
        within = filename !== undefined;
        if (filename !== undefined) open({ field, name: filename, mime });
      } else if (event.kind === 'content') {
        found ||= within;
        current?.write(event.bytes);
      } else current = undefined;
    }
  };
  return {
    get found() {
      return found;
    },
    push: (piece) => {
      if (form !== undefined) {
        part(form.push(piece));
        return;
      }
      if (!begun && raw(piece)) open({ field: '', name: nameIn(head), mime: type.slice(0, MIME_BYTES) });
      begun = true;
      current?.write(piece);
    },
    end: (by) => {
      part(form?.end() ?? []);
      return done.splice(0).map((file) => file.finish(by));
    },
    abort: () => {
      for (const file of done.splice(0)) file.abort();
    },
  };
}

/** A body without a form has its name in the target. */
function nameIn({ target }: RequestHead): string {
  const [path = ''] = target.slice(0, 8_192).split('?', 1);
  return path.slice(path.lastIndexOf('/') + 1).slice(0, 255);
}
