import { type Database, openDatabase } from '@signalbox/db/client/database';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { upcloudControl } from '@signalbox/emulators/upcloud/control-client';
import { demoUpcloudAccount, startUpcloudEmulator } from '@signalbox/emulators/upcloud/start';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeServerConnection,
  makeWorkspace,
  type TestWorkspace,
  testKeyring,
} from '@signalbox/testing/fixtures/workspace';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import { waitUntil } from '@signalbox/testing/wait-until';
import { pino } from 'pino';
import postgres, { type Row, type Sql } from 'postgres';
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { Operation } from '../../src/operations/operation.ts';
import { provisioningOperations } from '../../src/operations/provisioning/provisioning-operations.ts';
import type { ProvisioningSettings } from '../../src/operations/provisioning/session.ts';
import { openCommandRuntime } from '../../src/process/command-runtime.ts';
import { createUpcloudProvider } from '../../src/providers/upcloud/upcloud-provider.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from '../../src/start-worker.ts';
import { readTaskServices } from '../../src/task-services/catalogue.ts';
import { openTransport } from '../../src/transport/open-transport.ts';

/** A workspace with an infra of its own and a connection to the emulated UpCloud. */
export interface Site {
  readonly workspace: TestWorkspace;
  readonly infra: string;
  readonly provider: ServerProviderName;
  readonly connectionId: number;
}

/** A real database, an emulated UpCloud whose servers are folders, and workers that provision. */
export interface ProvisioningBench {
  /** For a worker in a process of its own. */
  readonly databaseUrl: string;
  readonly upcloudUrl: string;
  readonly serversDir: string;
  readonly db: Database;
  readonly sql: Sql;
  readonly control: ReturnType<typeof upcloudControl>;
  readonly settings: ProvisioningSettings;
  worker(options?: Partial<WorkerOptions>): Promise<RunningWorker>;
  site(infra?: string): Promise<Site>;
  /** Starts through the gate, which must accept, and answers the id of the run. */
  start(site: Site, operation: OperationName, input?: JsonObject): Promise<number>;
  /** The same with the whole input. */
  startBare(site: Site, operation: OperationName, input: JsonObject): Promise<number>;
  /** Starts, and waits for the end. */
  run(site: Site, operation: OperationName, input?: JsonObject): Promise<Row>;
  ended(runId: number): Promise<Row>;
  cancel(site: Site, runId: number): Promise<void>;
  items(runId: number): Promise<Row[]>;
  log(runId: number): Promise<string>;
  /** What stands, as `kind:name`. */
  standing(site: Site): Promise<string[]>;
  /** The change log, oldest first, as `create server:web-01`. */
  changes(site: Site): Promise<string[]>;
}

export const web = { name: 'web-01', plan: '1xCPU-2GB', zone: 'de-fra1' };

/** Opens a bench for a test file. The emulator is as new, and no worker runs, before each test. */
export async function openProvisioningBench(): Promise<ProvisioningBench> {
  const adminToken = 'test-admin-token';
  const emulator = await startUpcloudEmulator({ adminToken });
  const control = upcloudControl({ url: emulator.url, adminToken });
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  const db = await openDatabase({ url: database.url, name: 'test', max: 4 });
  const workers = new Set<RunningWorker>();
  const runtime = await openCommandRuntime({ path: process.env.PATH ?? '' });
  const { username, password } = demoUpcloudAccount;
  const settings: ProvisioningSettings = {
    keyring: testKeyring,
    services: await readTaskServices(),
    openProvider: (access, workspace) =>
      createUpcloudProvider({
        baseUrl: emulator.url,
        credential: { username: access.settings.account ?? '', password: access.secret ?? '' },
        workspace,
        emulatedServersDir: emulator.sandboxDir,
        pace: { firstLookMs: 10, lookCapMs: 30, createMs: 10_000, removeMs: 10_000, unseenMs: 40 },
        retry: { baseMs: 1, capMs: 4 },
      }),
    openTransport: (address) => openTransport(address, { runtime, roots: [emulator.sandboxDir], ssh: null }),
  };
  const quick = (operation: Operation): Operation => ({
    ...operation,
    retry: { ...operation.retry, baseMs: 1, capMs: 1 },
  });
  const logger = pino({ level: process.env.SIGNALBOX_TEST_LOG ?? 'silent' });
  beforeEach(() => control.reset());
  afterEach(async () => {
    await Promise.all([...workers].map((worker) => worker.stop()));
  });
  afterAll(async () => {
    await db.close();
    await sql.end();
    await database.drop();
    await emulator.close();
  });

  const bench: ProvisioningBench = {
    ...{ databaseUrl: database.url, db, sql, control, settings },
    upcloudUrl: emulator.url,
    serversDir: emulator.sandboxDir,
    worker: async (options = {}) => {
      const worker = await startWorker({
        ...{ databaseUrl: database.url, logger, pollMs: 100, connections: 4, finishMs: 20, deafMs: 6_000 },
        operations: provisioningOperations(settings).map(quick),
        ...options,
      });
      const kept: RunningWorker = {
        ...worker,
        stop: async () => {
          if (workers.delete(kept)) await worker.stop();
        },
      };
      workers.add(kept);
      return kept;
    },
    site: async (infra = 'demo') => {
      const workspace = await makeWorkspace(db);
      const connectionId = await makeServerConnection(db, workspace.id, {
        provider: 'upcloud',
        settings: { account: username },
        secret: password,
      });
      await sql`insert into infras (workspace_id, name, created_by) values (${workspace.id}, ${infra}, 'test')`;
      return { workspace, infra, provider: 'upcloud', connectionId };
    },
    start: async (site, operation, input = {}) => {
      const { infra, provider } = site;
      const work = { infra, settings: 'config.k', checkMode: false, provider, ...input };
      return bench.startBare(site, operation, work);
    },
    startBare: async ({ workspace }, operation, input) => {
      const request = startRequest(workspace.members.operator, { operation, tenantId: null }, { input });
      const [result] = await startRuns(db, workspace.id, [request]);
      if (result?.kind !== 'decided' || result.verdict.kind !== 'accepted' || result.run === null) {
        throw new Error(`${operation} was not accepted: ${JSON.stringify(result)}`);
      }
      return result.run.id;
    },
    ended: (runId) =>
      waitUntil(
        `run ${runId} to end`,
        async () => (await sql`select * from runs where id = ${runId}`)[0] ?? {},
        {
          until: (row) => row.finished_at !== undefined && row.finished_at !== null,
          timeoutMs: 30_000,
        },
      ),
    run: async (site, operation, input) => bench.ended(await bench.start(site, operation, input)),
    cancel: async ({ workspace }, runId) => {
      const actor = { kind: 'user', name: 'test' } as const;
      await db.inWorkspace(workspace.id, (tx) => requestCancel(tx, { runId, actor }));
    },
    items: (runId) =>
      sql`select key, label, outcome, error, detail from run_items where run_id = ${runId} order by position`,
    log: async (runId) => {
      const rows = await sql`select text from run_logs where run_id = ${runId} order by seq`;
      return rows.map(({ text }) => String(text)).join('');
    },
    standing: async ({ workspace }) => {
      const rows = await sql`select kind, name from resources
        where workspace_id = ${workspace.id} and deleted_at is null order by kind, name`;
      return rows.map(({ kind, name }) => `${kind}:${name}`);
    },
    changes: async ({ workspace }) => {
      const rows = await sql`select c.action, r.kind, r.name from resource_changes c
        join resources r on r.workspace_id = c.workspace_id and r.id = c.resource_id
        where c.workspace_id = ${workspace.id} order by c.seq`;
      return rows.map(({ action, kind, name }) => `${action} ${kind}:${name}`);
    },
  };
  return bench;
}
