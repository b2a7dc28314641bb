import { fileURLToPath } from 'node:url';
import { testKeyringText } from '../fixtures/workspace.ts';
import { createTestDatabase } from '../postgres/test-database.ts';
import { startProcess } from '../process/start-process.ts';
import { consoleDirectory } from './console-directory.ts';

/** An API with the console and nobody in it. */
export interface EmptySystem {
  readonly url: string;
  /** The link that makes the first owner, as the start prints it. */
  readonly setupLink: string;
  stop(): Promise<void>;
}

/** Starts an API on an empty database, as `SIGNALBOX_DEMO=0` does. Call it in `beforeAll` and `stop()` in `afterAll`. */
export async function startEmpty(): Promise<EmptySystem> {
  const database = await createTestDatabase();
  const api = await startProcess({
    script: fileURLToPath(import.meta.resolve('@signalbox/api/main')),
    env: {
      DATABASE_URL: database.url,
      SIGNALBOX_KEYS: testKeyringText,
      PORT: '0',
      SIGNALBOX_WEB_DIR: consoleDirectory(),
    },
  });
  const [, setupLink = ''] = await api.waitForLine(/^Open (\S+) to make the first owner$/);
  return {
    url: new URL(setupLink).origin,
    setupLink,
    async stop() {
      api.kill();
      await api.exited;
      await database.drop();
    },
  };
}
