import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

interface LockEntry {
  version?: string;
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockEntry>;
};

describe('package-lock.json', () => {
  test('has an entry for each optional dependency, so that npm ci works on every system', () => {
    const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter(
          (name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages),
        )
        .map((name) => `${place} wants ${name}`),
    );

    expect(Object.keys(packages).length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  test('names no registry', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});

describe('package.json', () => {
  test('pins exact versions', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe('what is published', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
  const build = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8')) as {
    compilerOptions: Record<string, unknown>;
  };

  test('tells the licence, and what is reproduced of others', () => {
    expect(manifest.files).toEqual(expect.arrayContaining(['LICENSE', 'NOTICE']));
  });

  test('holds programs only, without maps and declarations', () => {
    expect(Object.keys(build.compilerOptions)).toEqual(['noEmit', 'outDir', 'rootDir']);
  });
});

describe('the documents', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SAFETY.md']
    .map((name) => join(root, name))
    .concat(
      readdirSync(join(root, 'docs'))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(root, 'docs', name)),
    );

  test.for(documents)('%s links only to files that are there', (path) => {
    const known = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    }).split('\n');
    const folder = path.startsWith(join(root, 'docs')) ? 'docs' : '';
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(
      ([, link = '']) => join(folder, link),
    );

    expect(
      links.filter((link) => !known.includes(link) && !known.some((one) => one.startsWith(`${link}/`))),
    ).toEqual([]);
  });

  test('SAFETY.md names only files that are there', () => {
    const text = readFileSync(join(root, 'SAFETY.md'), 'utf8');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('node_modules'),
    );

    const named = [...text.matchAll(/`((?:test|src)\/[^`]+\.ts)`/g)].map(([, name = '']) => name);
    const absent = named.filter((name) => {
      const [before = '', after = ''] = name.split('*');
      return !files.some((file) =>
        name.includes('*') ? file.startsWith(before) && file.endsWith(after) : file === name,
      );
    });

    expect(named.length).toBeGreaterThan(5);
    expect(absent).toEqual([]);
  });
});
