import { startTestServer, type TestServer } from './test-server.ts';

interface Shared {
  readonly server: Promise<TestServer>;
  users: number;
}

/** The server as one vitest project sees it. */
export interface SharedTestServer {
  readonly adminUrl: string;
  readonly template: string;
  /** Says that the project is done; the last one stops the server. */
  readonly release: () => Promise<void>;
}

// Each vitest project loads its own copy of this module, but all of them run in one process.
const KEY = Symbol.for('signalbox.test-server');
const store = globalThis as { [KEY]?: Shared };

/** The one test server of this process, started by the first project that asks. */
export async function shareTestServer(): Promise<SharedTestServer> {
  const shared = store[KEY] ?? { server: startTestServer(), users: 0 };
  store[KEY] = shared;
  shared.users += 1;
  const { adminUrl, template, close } = await shared.server;
  const release = async (): Promise<void> => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete store[KEY];
    await close();
  };
  return { adminUrl, template, release };
}
