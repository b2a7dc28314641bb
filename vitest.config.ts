import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tooling/testing/src/longest-first.ts';

const databaseSetup = './tooling/testing/src/postgres/global-setup.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A signal that does not come fails a test; a busy machine does not.
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/{domain,contracts}/{src,test}/**/*.test.ts',
            'apps/web/{src,test}/**/*.test.{ts,tsx}',
            'tooling/checks/{src,test}/**/*.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: [
            'packages/db/test/**/*.test.ts',
            'apps/{api,worker}/test/**/*.test.ts',
            'tooling/{bench,demo,emulators,postgres}/test/**/*.test.ts',
          ],
          globalSetup: databaseSetup,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Real processes that are killed and must be taken over in time: one file at a time on two cores.
        extends: true,
        test: {
          name: 'system',
          include: ['tooling/testing/test/!(console)/**/*.test.ts'],
          globalSetup: databaseSetup,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // A browser spends much of its time waiting, so two files share the machine. Where that starves one of them of
        // its seconds, the test is tried once more, and the report names it as tried twice.
        extends: true,
        test: {
          name: 'console',
          include: ['tooling/testing/test/console/**/*.test.ts'],
          retry: 1,
          globalSetup: databaseSetup,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
