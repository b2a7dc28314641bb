import { type Database, openDatabase } from '@signalbox/db/client/database';
import { createBackupSet } from '@signalbox/db/commands/backup/create-backup-set';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import type { Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { OperationName } from '@signalbox/domain/operation/registry';
import { type GraphControl, graphControl } from '@signalbox/emulators/graph/control-client';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { startGraphEmulator } from '@signalbox/emulators/graph/start';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  type ConnectionWishes,
  makeTenant,
  makeWorkspace,
  testKeyring,
} from '@signalbox/testing/fixtures/workspace';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import { waitUntil } from '@signalbox/testing/wait-until';
import { pino } from 'pino';
import postgres, { type Row, type Sql } from 'postgres';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { builtInOperations } from '../../src/operations/built-in.ts';
import type { GraphSettings } from '../../src/operations/graph/session.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from '../../src/start-worker.ts';

/** A workspace of its own with a tenant that the emulator knows. */
export interface Place {
  readonly workspaceId: string;
  readonly tenantId: number;
  readonly connectionId: number;
  readonly owner: Principal;
  /** The tenant's name at the emulator. */
  readonly alias: string;
}

/** A worker with a short life. */
export interface DyingWorker {
  /** Once it has been lost, and takes nothing up again. */
  readonly gone: Promise<void>;
}

/** A real database, a Graph emulator, and workers that run the built-in operations. */
export interface OperationBench {
  /** For a worker in a process of its own. */
  readonly databaseUrl: string;
  readonly db: Database;
  readonly sql: Sql;
  readonly control: GraphControl;
  readonly graph: GraphSettings;
  /** Starts a worker; without one nothing is executed. It stops after the test. */
  worker(change?: Partial<GraphSettings>, options?: Partial<WorkerOptions>): Promise<RunningWorker>;
  place(alias: string, wishes?: ConnectionWishes): Promise<Place>;
  backupSet(place: Place, name?: string): Promise<number>;
  /** Starts through the gate, which must accept. */
  start(place: Place, operation: OperationName, wishes?: Partial<StartRequest>): Promise<number>;
  /** What the gate answers, accepted or not. */
  answer(place: Place, operation: OperationName, wishes?: Partial<StartRequest>): Promise<JsonObject>;
  /** The run once it has ended. */
  ended(runId: number): Promise<Row>;
  /** Starts, and waits for the end. */
  run(place: Place, operation: OperationName, wishes?: Partial<StartRequest>): Promise<Row>;
  cancel(place: Place, runId: number): Promise<void>;
  /** Once the run has begun this step. */
  reached(runId: number, step: string): Promise<void>;
  /** Once so many items have succeeded. */
  settledItems(runId: number, count: number): Promise<void>;
  /** A worker that writes nothing more as soon as this operation wants to record the result of an item. */
  dyingWorker(name: OperationName, options: Partial<WorkerOptions>): Promise<DyingWorker>;
  items(runId: number): Promise<Row[]>;
  connection(place: Place): Promise<Row>;
  /** All log lines of a run. */
  log(runId: number): Promise<string>;
}

/** Opens a bench for a test file. The emulator is as new, and no worker runs, before each test. */
export async function openOperationBench(): Promise<OperationBench> {
  const adminToken = 'test-admin-token';
  const emulator = await startGraphEmulator({ adminToken });
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  const db = await openDatabase({ url: database.url, name: 'test', max: 4 });
  const control = graphControl({ url: emulator.url, adminToken });
  const workers = new Set<RunningWorker>();
  const graph: GraphSettings = {
    keyring: testKeyring,
    graphUrl: emulator.url,
    loginUrl: emulator.url,
    retry: { attempts: 2, baseMs: 1, capMs: 20 },
  };
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

  const bench: OperationBench = {
    ...{ databaseUrl: database.url, db, sql, control, graph },
    worker: async (change = {}, options = {}) => {
      const worker = await startWorker({
        ...{ databaseUrl: database.url, logger, pollMs: 100, connections: 4, finishMs: 20, deafMs: 6_000 },
        operations: quick(builtInOperations({ ...graph, ...change })),
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
    place: async (alias, wishes = {}) => {
      const demo = demoTenants.find((tenant) => tenant.alias === alias);
      if (demo === undefined) throw new Error(`The emulator has no tenant ${alias}.`);
      const { id: workspaceId, members } = await makeWorkspace(db);
      const settings = { clientId: demo.clientId };
      const known = { externalId: alias, settings, secret: demo.clientSecret };
      const made = await makeTenant(db, workspaceId, { ...known, ...wishes });
      return { ...made, workspaceId, owner: members.owner, alias };
    },
    backupSet: async (place, name = 'nightly') => {
      const set = { tenantId: place.tenantId, name, requestId: null };
      const id = await createBackupSet(db, place.owner, set);
      if (id === null) throw new Error(`The set ${name} is there already.`);
      return id;
    },
    answer: async (place, operation, wishes = {}) => {
      const { owner, tenantId, workspaceId } = place;
      const request = startRequest(owner, { operation, tenantId }, wishes);
      const [result] = await startRuns(db, workspaceId, [request]);
      return result as unknown as JsonObject;
    },
    start: async (place, operation, wishes = {}) => {
      const result = (await bench.answer(place, operation, wishes)) as {
        verdict?: { kind: string };
        run?: { id: number };
      };
      if (result.verdict?.kind !== 'accepted' || result.run === undefined) {
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
    run: async (place, operation, wishes) => bench.ended(await bench.start(place, operation, wishes)),
    cancel: async ({ workspaceId, owner }, runId) => {
      const actor = { kind: 'user', name: owner.username } as const;
      await db.inWorkspace(workspaceId, (tx) => requestCancel(tx, { runId, actor }));
    },
    reached: async (runId, step) => {
      await waitUntil(`run ${runId} to begin ${step}`, async () => {
        const rows = await sql`select from run_steps where run_id = ${runId} and name = ${step}`;
        return rows.length > 0;
      });
    },
    settledItems: async (runId, count) => {
      await waitUntil(`${count} items of run ${runId} to succeed`, async () => {
        const [run] = await sql`select succeeded from runs where id = ${runId}`;
        return Number(run?.succeeded) >= count;
      });
    },
    dyingWorker: async (name, options) => {
      const died = Promise.withResolvers<void>();
      let doomed: RunningWorker | undefined;
      const settle = (): Promise<never> => {
        doomed?.abandon();
        died.resolve();
        return new Promise(() => {});
      };
      const operations = builtInOperations(graph).map((operation): Operation => {
        if (operation.name !== name) return operation;
        const perform: Operation['perform'] = (context, input) =>
          operation.perform({ ...context, items: { ...context.items, settle } }, input);
        return { ...operation, perform };
      });
      doomed = await bench.worker({}, { ...options, operations });
      const { stop } = doomed;
      return { gone: died.promise.then(stop) };
    },
    items: (runId) =>
      sql`select key, label, outcome, error, detail from run_items where run_id = ${runId} order by position`,
    connection: async (place) =>
      (await sql`select * from connections where id = ${place.connectionId}`)[0] ?? {},
    log: async (runId) => {
      const rows = await sql`select text from run_logs where run_id = ${runId} order by seq`;
      return rows.map((row) => row.text).join('\n');
    },
  };
  return bench;
}

/** The operations as they are, except that a retry does not wait for seconds. */
function quick(operations: ReturnType<typeof builtInOperations>): ReturnType<typeof builtInOperations> {
  return operations.map((operation) => ({
    ...operation,
    retry: { ...operation.retry, baseMs: 1, capMs: 20 },
  }));
}
