import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../platform/random.ts';
import { createApp } from './app.ts';
import { createSite } from './site.ts';

const text = (seed: string, path: string): string =>
  createSite(seed).files.get(path)?.content.toString('latin1') ?? '';

describe('the site of a sensor', () => {
  test('is the same at each start, and another one for another sensor', () => {
    for (const path of ['/index.html', '/help.html', '/assets/site.css', '/favicon.ico']) {
      expect(text('one', path)).toBe(text('one', path));
      expect(text('one', path)).not.toBe(text('two', path));
    }
    expect(createSite('one').files).toEqual(createSite('one').files);
  });

  test('leaves no blank of its pages open', () => {
    const site = createSite('one');
    const pages = ['login', 'login-wrong', 'upload', 'upload-missing', 'uploaded'].map((name) =>
      site.page(name),
    );

    for (const page of [...pages, ...[...site.files.values()].map(({ content }) => content)]) {
      expect(page.toString('latin1')).not.toMatch(/\{\{|\}\}|undefined/);
    }
  });

  test('lets nobody in and never answers with what was sent', () => {
    const app = createApp(createSite('one'), seededRandom(1));
    const ask = (method: string, path: string, query = ''): ReturnType<typeof app.answer> =>
      app.answer({ method, path, query, file: false });

    expect(ask('POST', '/login')).toMatchObject({ kind: 'redirect', location: '/login?failed=1' });
    expect(ask('GET', '/login', 'failed=1<script>').body.toString()).not.toContain('script>1');
    expect(ask('POST', '/upload').body.toString()).toContain('Choose a file first');
    expect(ask('PUT', '/upload').kind).toBe('not-allowed');
    expect(ask('POST', '/status').kind).toBe('not-allowed');
    expect(app.owns('/__proto__')).toBe(false);
  });
});
