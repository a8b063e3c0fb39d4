import { defineConfig } from 'vite';

/** `vite build ui`: the page as static files in dist/ui, which the dashboard's server serves. */
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    target: 'es2023',
    // The page is small and loads from this machine: no preloading code, no inlined data: addresses.
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
