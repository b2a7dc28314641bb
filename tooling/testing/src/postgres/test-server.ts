import { randomBytes } from 'node:crypto';
import { createTemplate, dropDatabases } from './template.ts';
import { startThrowAwayServer } from './throw-away-server.ts';

/** A server with a migrated template database. */
export interface TestServer {
  readonly adminUrl: string;
  readonly template: string;
  /** Removes everything the tests made. */
  readonly close: () => Promise<void>;
}

/**
 * The server named by SIGNALBOX_TEST_DATABASE_URL (a superuser URL), or else a throw-away one of our own.
 * @throws Error when neither can be had or the migrations fail.
 */
export async function startTestServer(): Promise<TestServer> {
  // Names carry a random part, so that several runs can share a server.
  const template = `signalbox_test_${randomBytes(4).toString('hex')}`;
  const given = process.env.SIGNALBOX_TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    await createTemplate(given, template);
    return { adminUrl: given, template, close: () => dropDatabases(given, template) };
  }
  const server = await startThrowAwayServer();
  try {
    await createTemplate(server.url, template);
  } catch (error) {
    await server.close();
    throw error;
  }
  return { adminUrl: server.url, template, close: server.close };
}
