import type { ByteString } from '../../model/bytes.ts';
import type { Argument } from './arguments.ts';
import { parseArguments, parseCookies } from './arguments.ts';
import type { BodyParts, BodyProcessor } from './body.ts';
import { processorFor, readBody } from './body.ts';
import type { Item } from './item.ts';
import { item } from './item.ts';
import type { CrsRequest } from './request.ts';
import { MOST_ARGUMENTS, MOST_BODY } from './request.ts';
import type { TargetParts } from './target.ts';
import { splitTarget } from './target.ts';

/** The variables of one request that do not change while rules run, but for those of the body: it is read in phase 2. */
export class RequestVariables {
  readonly request: CrsRequest;
  readonly target: TargetParts;
  /** A rule may set another one before the body is read. */
  processor: BodyProcessor;
  readonly contentType: ByteString;
  #body: BodyParts | undefined;
  readonly #known = new Map<string, readonly Item[]>();

  constructor(request: CrsRequest) {
    this.request = request;
    this.target = splitTarget(request.target);
    this.contentType = request.headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    this.processor = processorFor(this.contentType);
  }

  /** From here on the body is there. */
  readBody(): void {
    const body = this.request.body.slice(0, MOST_BODY);
    this.#body = readBody(this.processor, this.contentType, body);
    this.#known.clear();
  }

  get bodyFailed(): boolean {
    return this.#body?.failed ?? false;
  }

  get bodyParts(): BodyParts | undefined {
    return this.#body;
  }

  /** Undefined for a collection that is not known here. */
  collection(name: string): readonly Item[] | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const items = READERS[name]?.(this);
    if (items !== undefined) this.#known.set(name, items);
    return items;
  }

  query(): Argument[] {
    return parseArguments(this.target.query, MOST_ARGUMENTS);
  }

  cookies(): Argument[] {
    return this.request.headers
      .filter(([name]) => name.toLowerCase() === 'cookie')
      .flatMap(([, value]) => parseCookies(value, MOST_ARGUMENTS))
      .slice(0, MOST_ARGUMENTS);
  }
}

type Reader = (variables: RequestVariables) => readonly Item[];

/** A variable with one value is always there, if need be empty: rules that negate hold on it. */
const one = (value: ByteString | undefined): readonly Item[] => [item('', value ?? '')];
const pairs = (list: readonly Argument[]): readonly Item[] => list.map(([name, value]) => item(name, value));
const names = (list: readonly Item[] | undefined): readonly Item[] =>
  (list ?? []).map(({ key }) => item(key, key));

/** Whether a collection of this name exists here, for the loader to ask. */
export function isRequestVariable(name: string): boolean {
  return Object.hasOwn(READERS, name);
}

const READERS: Readonly<Record<string, Reader>> = {
  ARGS: (of) => [...(of.collection('ARGS_GET') ?? []), ...(of.collection('ARGS_POST') ?? [])],
  ARGS_GET: (of) => pairs(of.query()),
  ARGS_POST: (of) => pairs(of.bodyParts?.fields ?? []),
  ARGS_NAMES: (of) => names(of.collection('ARGS')),
  ARGS_GET_NAMES: (of) => names(of.collection('ARGS_GET')),
  ARGS_POST_NAMES: (of) => names(of.collection('ARGS_POST')),
  ARGS_COMBINED_SIZE: (of) =>
    one(
      String(
        (of.collection('ARGS') ?? []).reduce((sum, { key, value }) => sum + key.length + value.length, 0),
      ),
    ),
  AUTH_TYPE: (of) =>
    one(of.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1].split(' ')[0]),
  DURATION: () => one('0'),
  FILES: (of) => (of.bodyParts?.multipart?.files ?? []).map(({ field, name }) => item(field, name)),
  FILES_NAMES: (of) => (of.bodyParts?.multipart?.files ?? []).map(({ field }) => item(field, field)),
  FILES_SIZES: (of) =>
    (of.bodyParts?.multipart?.files ?? []).map(({ field, size }) => item(field, String(size))),
  FILES_COMBINED_SIZE: (of) => {
    const files = of.bodyParts?.multipart?.files ?? [];
    return one(files.length === 0 ? '' : String(files.reduce((sum, { size }) => sum + size, 0)));
  },
  MULTIPART_FILENAME: (of) => (of.bodyParts?.multipart?.files ?? []).map(({ name }) => item(name, name)),
  MULTIPART_NAME: (of) =>
    [
      ...(of.bodyParts?.multipart?.fields ?? []).map(([name]) => name),
      ...(of.bodyParts?.multipart?.files ?? []).map(({ field }) => field),
    ].map((name) => item(name, name)),
  MULTIPART_PART_HEADERS: (of) => pairs(of.bodyParts?.multipart?.headers ?? []),
  MULTIPART_STRICT_ERROR: (of) => one(of.processor === 'MULTIPART' && of.bodyFailed ? '1' : '0'),
  MULTIPART_UNMATCHED_BOUNDARY: () => one('0'),
  PATH_INFO: (of) => one(of.target.filename),
  QUERY_STRING: (of) => one(of.target.query),
  REMOTE_ADDR: (of) => one(of.request.remote.address),
  REMOTE_HOST: (of) => one(of.request.remote.address),
  REMOTE_PORT: (of) => one(String(of.request.remote.port)),
  REQBODY_ERROR: (of) => one(of.bodyFailed ? '1' : '0'),
  REQBODY_PROCESSOR: (of) => one(of.processor),
  REQBODY_PROCESSOR_ERROR: (of) => one(of.bodyFailed ? '1' : '0'),
  REQUEST_BASENAME: (of) => one(of.target.basename),
  REQUEST_BODY: (of) => one(of.bodyParts === undefined ? '' : of.request.body.slice(0, MOST_BODY)),
  REQUEST_BODY_LENGTH: (of) => one(of.bodyParts === undefined ? '' : String(of.request.body.length)),
  REQUEST_COOKIES: (of) => pairs(of.cookies()),
  REQUEST_COOKIES_NAMES: (of) => names(of.collection('REQUEST_COOKIES')),
  REQUEST_FILENAME: (of) => one(of.target.filename),
  REQUEST_HEADERS: (of) => of.request.headers.map(([name, value]) => item(name, value)),
  REQUEST_HEADERS_NAMES: (of) => names(of.collection('REQUEST_HEADERS')),
  REQUEST_LINE: (of) => one(`${of.request.method} ${of.request.target} HTTP/${of.request.version}`),
  REQUEST_METHOD: (of) => one(of.request.method),
  REQUEST_PROTOCOL: (of) => one(`HTTP/${of.request.version}`),
  REQUEST_URI: (of) => one(of.target.uri),
  REQUEST_URI_RAW: (of) => one(of.request.target),
  SERVER_NAME: (of) =>
    one(of.request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1].split(':')[0]),
  UNIQUE_ID: (of) => one(of.request.id),
  XML: (of) => {
    const xml = of.bodyParts?.xml;
    return xml === undefined
      ? []
      : [item('/*', xml.text), ...xml.attributes.map((value) => item('//@*', value))];
  },
};
