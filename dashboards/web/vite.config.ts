import { defineConfig } from 'vite';

/** Modern browsers only, so that `light-dark()` and other tokens reach them as written. */
const browsers = ['chrome123', 'safari17.5', 'firefox121'];

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: browsers,
    cssTarget: browsers,
    // Every asset is a file of its own: the page's policy allows nothing inline.
    assetsInlineLimit: 0,
  },
  // The development server passes API calls on to a running `crosstalk serve`.
  server: { proxy: { '/v1': 'http://127.0.0.1:4600' } },
});
