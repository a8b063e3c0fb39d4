import type { ByteString } from '../model/bytes.ts';

type Info = ReadonlyMap<string, ByteString>;

/** The fields that a release prints, in its order: the servers of a fleet print the same ones. */
interface Layout {
  readonly names: readonly string[];
  /** `name:`, as a line begins. */
  readonly heads: readonly ByteString[];
  readonly places: ReadonlyMap<string, number>;
}

const MOST_FIELDS = 10_000;
/**
 * Before 7.2.6 a server counts every kind of error that a script makes up, and lists them before its databases: whoever
 * may run scripts could push those out of what is read, and hide the keys.
 */
const MOST_ERRORS = 500;
const ERROR_STATISTIC = 'errorstat_';
const MOST_LAYOUTS = 64;
/** By the first line with a field, which names the release. */
const layouts = new Map<string, Layout>();

/**
 * Reads INFO by the layout of the last server of this release as far as that goes: then no name is cut out, and a value
 * only when somebody asks for it. From the first line that is another on, names are read one by one.
 */
export function fieldsOf(text: ByteString): Info {
  const release = releaseLine(text);
  const layout = layouts.get(release);
  if (layout === undefined) return learn(release, text);
  const { heads } = layout;
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  while (at < text.length && starts.length < heads.length) {
    const head = heads[starts.length] ?? '';
    if (!text.startsWith(head, at)) {
      if (!isBetween(text, at)) break;
      at = nextLine(text, at);
      continue;
    }
    const next = nextLine(text, at);
    starts.push(at + head.length);
    ends.push(lineEnd(text, next));
    at = next;
  }
  const rest = readLines(text, at, MOST_FIELDS - starts.length);
  // A name that stands there twice has its last value: rare enough to be read the long way.
  for (const name of rest.keys()) {
    if ((layout.places.get(name) ?? starts.length) < starts.length) return readLines(text, 0, MOST_FIELDS);
  }
  if (starts.length < heads.length / 2) learn(release, text);
  return new InfoFields(text, layout, starts, ends, rest);
}

function learn(release: string, text: ByteString): Info {
  const fields = readLines(text, 0, MOST_FIELDS);
  const names = [...fields.keys()];
  if (names.length > MOST_LEARNT || text.length > LONGEST_LEARNT) return fields;
  if (layouts.size >= MOST_LAYOUTS) layouts.clear();
  layouts.set(release, {
    names,
    heads: names.map((name) => `${name}:`),
    places: new Map(names.map((name, place) => [name, place])),
  });
  return fields;
}

/** No release prints more; what does is no server to learn from. */
const MOST_LEARNT = 1_000;
const LONGEST_LEARNT = 65_536;
const LONGEST_RELEASE = 40;

/** `redis_version:7.0.15`, mostly the second line. */
function releaseLine(text: ByteString): string {
  const at = text.startsWith('#') ? nextLine(text, 0) : 0;
  return text.slice(at, Math.min(lineEnd(text, nextLine(text, at)), at + LONGEST_RELEASE));
}

/** Section titles and empty lines. */
function isBetween(text: ByteString, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === HASH || code === LF || (code === CR && text.charCodeAt(at + 1) === LF);
}

const HASH = 35;
const CR = 13;
const LF = 10;

function nextLine(text: ByteString, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The end of the line before the next one, without its line break. */
function lineEnd(text: ByteString, next: number): number {
  const end = text.charCodeAt(next - 1) === LF ? next - 1 : next;
  return text.charCodeAt(end - 1) === CR ? end - 1 : end;
}

function readLines(text: ByteString, from: number, most: number): Map<string, ByteString> {
  const fields = new Map<string, ByteString>();
  let at = from;
  /** The next colon from here on, wherever its line: looked for once, or lines without one would be dear. */
  let colon = text.indexOf(':', from);
  let errors = 0;
  while (at < text.length && colon >= 0 && fields.size < most) {
    const next = nextLine(text, at);
    if (text.startsWith(ERROR_STATISTIC, at) && ++errors > MOST_ERRORS) {
      at = next;
      continue;
    }
    if (colon < at) colon = text.indexOf(':', at);
    if (colon > at && colon < next && text[at] !== '#') {
      fields.set(text.slice(at, colon), text.slice(colon + 1, lineEnd(text, next)));
    }
    at = next;
  }
  return fields;
}

/** A class for its cost: one is made for every reply. */
class InfoFields implements Info {
  readonly #text: ByteString;
  readonly #layout: Layout;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];
  readonly #rest: Info;

  constructor(
    text: ByteString,
    layout: Layout,
    starts: readonly number[],
    ends: readonly number[],
    rest: Info,
  ) {
    this.#text = text;
    this.#layout = layout;
    this.#starts = starts;
    this.#ends = ends;
    this.#rest = rest;
  }

  get size(): number {
    return this.#starts.length + this.#rest.size;
  }

  get(name: string): ByteString | undefined {
    const place = this.#layout.places.get(name);
    const start = place === undefined ? undefined : this.#starts[place];
    if (place === undefined || start === undefined) return this.#rest.get(name);
    return this.#text.slice(start, this.#ends[place]);
  }

  has(name: string): boolean {
    return (
      (this.#layout.places.get(name) ?? this.#starts.length) < this.#starts.length || this.#rest.has(name)
    );
  }

  *keys(): Generator<string, undefined> {
    for (let place = 0; place < this.#starts.length; place++) yield this.#layout.names[place] ?? '';
    yield* this.#rest.keys();
    return undefined;
  }

  *values(): Generator<ByteString, undefined> {
    for (const name of this.keys()) yield this.get(name) ?? '';
    return undefined;
  }

  *entries(): Generator<[string, ByteString], undefined> {
    for (const name of this.keys()) yield [name, this.get(name) ?? ''];
    return undefined;
  }

  [Symbol.iterator](): Generator<[string, ByteString], undefined> {
    return this.entries();
  }

  forEach(told: (value: ByteString, name: string, info: Info) => void): void {
    for (const name of this.keys()) told(this.get(name) ?? '', name, this);
  }
}
