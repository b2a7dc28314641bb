import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RestClient, runToEnd, signIn } from '@signalbox/demo/rest-client';
import { seedWorkspaces } from '@signalbox/demo/seed-workspaces';
import { type GraphControl, graphControl } from '@signalbox/emulators/graph/control-client';
import { testKeyring, testKeyringText } from '../fixtures/workspace.ts';
import { createTestDatabase } from '../postgres/test-database.ts';
import { startProcess, type TestProcess } from '../process/start-process.ts';
import { consoleDirectory } from './console-directory.ts';

/** The password of the demo accounts in a test. */
export const demoPassword = 'a password for tests';

const emulatorToken = 'a token for tests';
/** Short, so that a takeover does not keep a test waiting; ms. */
export const leaseMs = 5_000;

/** The whole of Signalbox as processes of their own, on a database of its own, with the demo's workspaces. */
export interface TestSystem {
  /** Where the console and the API are, without a trailing slash. */
  readonly url: string;
  /** The database as its superuser, for what no API would do. */
  readonly databaseUrl: string;
  /** Makes trouble at the emulated provider. */
  readonly control: GraphControl;
  /** A person of the demo on the REST API. */
  signIn(username: string): Promise<RestClient>;
  /** The id of a demo tenant. */
  tenantId(alias: string): number;
  /** Kills the API without a warning. */
  killApi(): Promise<void>;
  /** Starts a killed API on the same address; it ends with the test that calls this. */
  startApiAgain(): Promise<void>;
  /** Kills the worker without a warning and starts another one, which ends with the test that calls this. */
  replaceWorker(): Promise<void>;
  /** Kills the worker without a warning; nobody works until `startWorkerAgain`. */
  killWorker(): Promise<void>;
  /** Starts a worker in the place of a killed one; it ends with the test that calls this. */
  startWorkerAgain(): Promise<void>;
  /** Ends every process and drops the database. */
  stop(): Promise<void>;
}

/**
 * Starts emulator, API and one worker, and checks the connections of contoso and fabrikam, so that the gate knows
 * who has consented. Call it in `beforeAll` and `stop()` in `afterAll`.
 * @throws Error when a process does not get ready or the console is not built
 */
export async function startSystem(): Promise<TestSystem> {
  const webDirectory = consoleDirectory();
  const database = await createTestDatabase();
  const [emulator] = await Promise.all([
    startProcess({
      script: scriptOf('@signalbox/emulators/graph/main'),
      env: { GRAPH_EMULATOR_PORT: '0', GRAPH_EMULATOR_ADMIN_TOKEN: emulatorToken },
    }),
    seedWorkspaces({ databaseUrl: database.url, keyring: testKeyring, password: demoPassword }),
  ]);
  const [, emulatorUrl = ''] = await emulator.waitForLine(/listening on (\S+)/);
  // Where servers of this machine would stand.
  const sandboxes = mkdtempSync(join(tmpdir(), 'signalbox-sandboxes-'));
  const shared = { DATABASE_URL: database.url, SIGNALBOX_KEYS: testKeyringText };

  const startApi = (port: number): Promise<TestProcess> =>
    startProcess({
      script: scriptOf('@signalbox/api/main'),
      env: {
        ...shared,
        PORT: String(port),
        SIGNALBOX_DEMO: '1',
        SIGNALBOX_DEMO_PASSWORD: demoPassword,
        SIGNALBOX_WEB_DIR: webDirectory,
        SIGNALBOX_GRAPH_LOGIN_URL: emulatorUrl,
      },
      ready: /The API answers/,
    });
  const startWorker = (): Promise<TestProcess> =>
    startProcess({
      script: scriptOf('@signalbox/worker/main'),
      env: {
        ...shared,
        SIGNALBOX_GRAPH_URL: emulatorUrl,
        SIGNALBOX_GRAPH_LOGIN_URL: emulatorUrl,
        SIGNALBOX_LEASE_MS: String(leaseMs),
        SIGNALBOX_SANDBOX_DIR: sandboxes,
      },
      ready: /worker ready/,
    });
  let [api, worker] = await Promise.all([startApi(0), startWorker()]);
  const [, url = ''] = await api.waitForLine(/"url":"(http:[^"]+)"/);

  const signInAs = (username: string): Promise<RestClient> => signIn(url, username, demoPassword);
  const operator = await signInAs('operator');
  const { items } = await operator.get<{ items: { id: number; externalId: string }[] }>('/v1/tenants');
  const tenantId = (alias: string): number => {
    const tenant = items.find(({ externalId }) => externalId === alias);
    if (tenant === undefined) throw new Error(`The demo has no tenant ${alias}.`);
    return tenant.id;
  };
  const check = (alias: string): Promise<unknown> =>
    runToEnd(operator, { operation: 'provider.connection.check', tenantId: tenantId(alias) });
  await Promise.all(['contoso', 'fabrikam'].map(check));

  return {
    url,
    databaseUrl: database.url,
    control: graphControl({ url: emulatorUrl, adminToken: emulatorToken }),
    signIn: signInAs,
    tenantId,
    killApi: async () => {
      api.kill();
      await api.exited;
    },
    startApiAgain: async () => {
      api = await startApi(Number(new URL(url).port));
    },
    replaceWorker: async () => {
      worker.kill();
      await worker.exited;
      worker = await startWorker();
    },
    killWorker: async () => {
      worker.kill();
      await worker.exited;
    },
    startWorkerAgain: async () => {
      worker = await startWorker();
    },
    stop: async () => {
      const processes = [worker, api, emulator];
      for (const one of processes) one.kill();
      await Promise.all(processes.map(({ exited }) => exited));
      await database.drop();
      rmSync(sandboxes, { recursive: true, force: true });
    },
  };
}

function scriptOf(specifier: string): string {
  return fileURLToPath(import.meta.resolve(specifier));
}
