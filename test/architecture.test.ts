import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Which folder of src/ may import which: data flows one way (ARCHITECTURE.md, "What may import what"). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  wire: [],
  platform: [],
  content: ['model'],
  redis: ['model', 'wire'],
  dump: ['model', 'wire', 'redis', 'platform'],
  emulator: ['model', 'wire', 'redis', 'platform'],
  capture: ['model', 'wire', 'redis', 'emulator', 'platform'],
  persona: ['model', 'wire', 'redis', 'emulator', 'platform'],
  selfcheck: ['model', 'wire', 'redis', 'platform'],
  http: ['model'],
  detect: ['model', 'content', 'http'],
  crs: ['model', 'content'],
  imports: ['model', 'wire', 'redis', 'recordings', 'platform'],
  journal: ['model', 'platform'],
  recordings: ['model', 'wire', 'platform'],
  geo: ['model'],
  alerts: ['model', 'analysis', 'outputs', 'platform'],
  store: ['model', 'platform', 'journal'],
  sensors: ['model', 'wire', 'redis', 'emulator', 'platform'],
  audit: ['model', 'content', 'wire', 'redis', 'dump', 'detect', 'platform'],
  guard: ['model', 'content', 'wire', 'redis', 'detect', 'platform'],
  analysis: ['model', 'content', 'http', 'detect', 'store'],
  outputs: ['model', 'analysis'],
  serve: ['model', 'journal', 'recordings', 'store', 'analysis', 'outputs', 'platform'],
  cli: ['*'],
};
/** From these folders analysis may take types only. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = { analysis: ['detect', 'store'] };
/** Time, randomness, environment and console are read in these folders only. */
const MAY_TOUCH_THE_WORLD = ['platform', 'cli'];
const WORLD =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.env\b|\bconsole\./;
const LONGEST_FILE = 400;

const root = join(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, folder: path.split(sep)[0] ?? '', text: readFileSync(join(root, path), 'utf8') }));
const sources = files.filter(({ path }) => !path.endsWith('.test.ts'));

describe('architecture', () => {
  test('looks at the source files', () => {
    expect(sources.length).toBeGreaterThan(10);
  });

  test('knows every folder of src/', () => {
    const unknown = [...new Set(files.map(({ folder }) => folder))].filter(
      (folder) => !(folder in MAY_IMPORT),
    );

    expect(unknown).toEqual([]);
  });

  test.for(Object.keys(MAY_IMPORT))('%s imports only what the table allows', (folder) => {
    const offences = sources
      .filter((file) => file.folder === folder)
      .flatMap((file) => forbiddenImports(file));

    expect(offences).toEqual([]);
  });

  test('reads time, randomness, environment and console in platform/ and cli/ only', () => {
    const offences = sources
      .filter(
        ({ folder, text }) => !MAY_TOUCH_THE_WORLD.includes(folder) && WORLD.test(withoutComments(text)),
      )
      .map(({ path }) => path);

    expect(offences).toEqual([]);
  });

  test(`has no source file over ${LONGEST_FILE} lines`, () => {
    const long = files.filter(({ text }) => text.split('\n').length > LONGEST_FILE).map(({ path }) => path);

    expect(long).toEqual([]);
  });
});

function forbiddenImports(file: { path: string; folder: string; text: string }): string[] {
  const allowed = MAY_IMPORT[file.folder] ?? [];
  if (allowed.includes('*')) return [];
  const imports = [
    ...file.text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^;]*?from\s+'(\.[^']+)'/g),
  ];
  return imports.flatMap(([, typeOnly, target]) => {
    const path = relative(root, normalize(join(root, dirname(file.path), target ?? '')));
    const folder = path.split(sep)[0] ?? '';
    if (folder === file.folder) return [];
    const onlyTypes = TYPES_ONLY[file.folder]?.includes(folder) ?? false;
    if (allowed.includes(folder) && !(onlyTypes && typeOnly === undefined)) return [];
    return [`${file.path} imports ${folder} (${target ?? ''})`];
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
