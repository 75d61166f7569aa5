import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Races and restarts on a busy machine take seconds; a hang must still end.
    testTimeout: 30_000,
    // Tests that kill processes wait for leases on a machine whose load is not ours to say. One more try in CI, and a test
    // that needed it is named in the report; elsewhere a test that fails once has failed.
    retry: process.env.CI === undefined ? 0 : 1,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
  },
});
