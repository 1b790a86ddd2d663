import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run build:web` builds into `dist`, which the hub serves; `npx vite packages/web` serves it while working, with a hub on PORT (4080). */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    // Browsers that know `light-dark()`: rewritten for older ones it loses its colours beside the library's own colour scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  // The hub compares a request's origin with the address it was called at: both must stay the browser's.
  server: { proxy: { '/api': { target: `http://127.0.0.1:${process.env['PORT'] ?? '4080'}`, changeOrigin: false } } },
});
