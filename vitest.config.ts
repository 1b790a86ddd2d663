import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const conditions = {
  resolve: { conditions: ['source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['source', ...defaultServerConditions] } },
};

/**
 * Three kinds of test: `unit` needs nothing, `database` a real PostgreSQL, `browser` a Chromium and the built web.
 * Files share what they import: nothing of ours keeps a state of its own outside its services.
 */
export default defineConfig({
  ...conditions,
  test: {
    setupFiles: ['./test/setup.ts'],
    // Most files wait for PostgreSQL, a POS or a browser now and then: by default one processor would be left idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'golden/**/*.test.ts', 'bench/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/*.browser.test.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          isolate: false,
          include: ['packages/*/src/**/*.db.test.ts', 'golden/**/*.db.test.ts', 'tools/**/*.db.test.ts'],
          globalSetup: ['./test/global-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.ts'],
          globalSetup: ['./test/global-database.ts', './test/global-web.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
