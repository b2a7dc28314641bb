import { defineConfig } from 'vitest/config';

/** What needs the real program; `npm run test:terraform`. */
export default defineConfig({
  test: {
    include: ['apps/worker/test/providers/terraform/*.terraform.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
