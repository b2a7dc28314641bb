import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeServerConnection,
  makeWorkspace,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { type PlayedRun, playRun } from './play-worker.ts';
import { startTestApi, type TestApi } from './test-api.ts';

/** A task that the test plays. */
export interface StagedTask {
  readonly runId: number;
  readonly uid: string;
  /** Claims it and hands it over. */
  play(): Promise<PlayedRun>;
}

/** An API in whose workspaces tasks and batches are made by hand. */
export interface WsStage {
  readonly api: TestApi;
  readonly admin: ReturnType<typeof openAdmin>;
  /** Another workspace where servers can be made. */
  workspace(): Promise<TestWorkspace>;
  /** Starts `create_servers` through the gate, on an infra of its own. */
  task(workspace?: TestWorkspace): Promise<StagedTask>;
  /** A batch with two operations and no history. */
  batch(workspaceId?: string): Promise<{ readonly planId: number; readonly uid: string }>;
  close(): Promise<void>;
}

let infras = 0;

/** Opens a stage for a test file. */
export async function openWsStage(options: Parameters<typeof startTestApi>[0] = {}): Promise<WsStage> {
  const api = await startTestApi(options);
  const admin = openAdmin(api.databaseUrl);
  await makeServerConnection(api.db, api.workspace.id, { provider: 'local' });
  return {
    api,
    admin,
    workspace: async () => {
      const made = await makeWorkspace(api.db);
      await makeServerConnection(api.db, made.id, { provider: 'local' });
      return made;
    },
    task: async (workspace = api.workspace) => {
      const { id } = workspace;
      infras += 1;
      const infra = `infra-${infras}`;
      await admin`insert into infras (workspace_id, name, created_by) values (${id}, ${infra}, 'test')`;
      const servers = [{ name: 'web-01', plan: '1xCPU-2GB', zone: 'de-fra1' }];
      const request = startRequest(
        workspace.members.operator,
        { operation: 'create_servers', tenantId: null },
        { input: { infra, settings: 'config.k', checkMode: false, provider: 'local', servers } },
      );
      const [result] = await startRuns(api.db, id, [request]);
      if (result?.kind !== 'decided' || result.run === null)
        throw new Error(`Nothing was started: ${JSON.stringify(result)}`);
      const runId = result.run.id;
      const [row] = await admin<{ uid: string }[]>`select uid from runs where id = ${runId}`;
      return { runId, uid: row?.uid ?? '', play: () => playRun(api.db, id, runId) };
    },
    batch: async (workspaceId = api.workspace.id) => {
      const [plan] = await admin`
        insert into plans (workspace_id, uid, kind, name, parallel_limit, rollback_enabled, selection,
          initiator_name)
        values (${workspaceId}, gen_random_uuid(), 'batch', 'nightly', 2, false, '{}', 'test') returning id, uid`;
      for (const [position, key] of ['web', 'app'].entries()) {
        await admin`
          insert into plan_items (workspace_id, plan_id, key, position, operation, input)
          values (${workspaceId}, ${plan?.id}, ${key}, ${position + 1}, 'create_servers', '{}')`;
      }
      return { planId: Number(plan?.id), uid: String(plan?.uid) };
    },
    close: async () => {
      await admin.end({ timeout: 5 });
      await api.close();
    },
  };
}
