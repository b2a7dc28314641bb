import type { TestProject } from 'vitest/node';
import { shareTestServer } from './shared-test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URL of the server that the tests' databases are made on. */
    postgresAdminUrl: string;
    /** The migrated database that `createTestDatabase` clones. */
    postgresTemplate: string;
  }
}

/** Gives the project's tests a PostgreSQL server with a migrated template database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template, release } = await shareTestServer();
  project.provide('postgresAdminUrl', adminUrl);
  project.provide('postgresTemplate', template);
  return release;
}
