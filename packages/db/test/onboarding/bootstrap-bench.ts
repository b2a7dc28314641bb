import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import {
  type BootstrapWish,
  type BootstrapWork,
  type StartedBootstrap,
  startBootstrap,
} from '@signalbox/db/commands/onboarding/start-bootstrap';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { type ClaimedRun, claimRuns } from '@signalbox/db/commands/run/claim-runs';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import type { RunWrite } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';
import { type BootstrapProgress, newestBootstrap } from '@signalbox/db/queries/onboarding/bootstrap';
import type { Person, Principal } from '@signalbox/domain/access/principal';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { Counts } from '@signalbox/domain/run/counts';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeVerified } from '@signalbox/testing/fixtures/verified';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { type GateDatabase, runIdOf } from '../gate/gate-database.ts';

/** The four operations of a full bootstrap, in order. */
export const allWork: readonly [BootstrapWork, ...BootstrapWork[]] = [
  { operation: 'directory.groups.sync', input: { selectionKey: 'all_groups_v1' } },
  { operation: 'directory.role_definitions.sync', input: {} },
  { operation: 'inventory.sync', input: {} },
  { operation: 'compliance.snapshot', input: {} },
];

/** A tenant in the middle of its onboarding, at step 5, and short ways to its bootstrap. */
export interface BootstrapBench {
  readonly workspace: TestWorkspace;
  readonly operator: Person;
  readonly tenant: TestTenant;
  readonly sessionId: number;
  start(more?: Partial<BootstrapWish>, by?: Principal): Promise<StartedBootstrap>;
  /** Starts one that must be accepted; answers the id of its plan. */
  accepted(more?: Partial<BootstrapWish>): Promise<number>;
  progress(): Promise<BootstrapProgress>;
  /** What each operation came to so far. */
  statuses(): Promise<string[]>;
  advance(): Promise<void>;
  /** Takes a run and ends it, as a worker does. */
  end(runId: number, result?: WorkResult, counts?: Counts): Promise<void>;
  /** Ends the run of the operation that is under way, and lets a worker go on with what follows. */
  endNext(result?: WorkResult, counts?: Counts): Promise<void>;
  cancel(runId: number): Promise<void>;
  /** Starts other work on the tenant, which holds its scope. */
  occupy(): Promise<number>;
  session(): Promise<{ status: string; step: number; plan_id: string | null; locked_by_name: string | null }>;
}

const none: Counts = { total: 0, succeeded: 0, failed: 0, skipped: 0 };

export async function makeBootstrapBench({ db, admin }: GateDatabase): Promise<BootstrapBench> {
  const workspace = await makeWorkspace(db);
  const { operator } = workspace.members;
  const tenant = await makeTenant(db, workspace.id);
  await makeVerified(db, { workspaceId: workspace.id, ...tenant });
  const [made] = await admin<{ id: string }[]>`
    insert into onboarding_sessions (workspace_id, tenant_id, connection_id, status, step, created_by)
    values (${workspace.id}, ${tenant.tenantId}, ${tenant.connectionId}, 'in_progress', 5, 'test') returning id`;
  const sessionId = Number(made?.id);
  const inWorkspace: typeof db.inWorkspace = (id, work) => db.inWorkspace(id, work);

  const start: BootstrapBench['start'] = (more = {}, by = operator) =>
    startBootstrap(db, by, {
      sessionId,
      connectionId: null,
      operations: allWork,
      sourceSurface: null,
      idempotency: null,
      requestId: 'req-1',
      ...more,
    });
  const progress = async (): Promise<BootstrapProgress> => {
    const found = await inWorkspace(workspace.id, (tx) => newestBootstrap(tx, sessionId));
    if (found === null) throw new Error('The session has no bootstrap.');
    return found;
  };
  const advance = async (): Promise<void> =>
    advancePlan(db, { workspaceId: workspace.id, planId: (await progress()).id });
  const end: BootstrapBench['end'] = (runId, result, counts) =>
    inWorkspace(workspace.id, async (tx) => finishRun(tx, await takeRun(tx, runId), { result, counts }));
  return {
    ...{ workspace, operator, tenant, sessionId, start, progress, advance, end },
    accepted: async (more) => {
      const started = await start(more);
      if (started.kind !== 'answered' || started.bootstrap === null)
        throw new Error(`Not accepted: ${JSON.stringify(started)}`);
      return started.bootstrap.id;
    },
    statuses: async () => (await progress()).items.map(({ status }) => status),
    endNext: async (result, counts) => {
      const run = (await progress()).items.find(({ status }) => status === 'admitted')?.run;
      if (!run) throw new Error('Nothing is under way.');
      await end(run.id, result, counts);
      await advance();
    },
    cancel: async (runId) => {
      const actor = { kind: 'user', name: 'test' } as const;
      await inWorkspace(workspace.id, (tx) => requestCancel(tx, { runId, actor }));
    },
    occupy: async () => {
      const what = { operation: 'snapshot_capture', tenantId: tenant.tenantId } as const;
      return runIdOf((await startRuns(db, workspace.id, [startRequest(operator, what)]))[0]);
    },
    session: async () => {
      const [row] = await admin`
        select status, step, plan_id, locked_by_name from onboarding_sessions where id = ${sessionId}`;
      return row as Awaited<ReturnType<BootstrapBench['session']>>;
    },
  };
}

/** Takes a run as a worker does. */
export async function takeRun(tx: WorkspaceTransaction, runId: number): Promise<ClaimedRun> {
  const [run] = await claimRuns(tx, [runId], { worker: 'worker-a', leaseMs: 5_000 });
  if (run === undefined) throw new Error(`Run ${runId} was not free.`);
  return run;
}

/** Ends a run as the worker that took it does. */
export async function finishRun(
  tx: WorkspaceTransaction,
  { id, epoch }: ClaimedRun,
  how: { readonly result?: WorkResult | undefined; readonly counts?: Counts | undefined } = {},
): Promise<void> {
  const { result = { kind: 'done' }, counts = none } = how;
  const write: RunWrite = {
    ...{ runId: id, epoch, number: 1, entries: [], counts, progress: null, currentStep: null },
    ...{ steps: [], declared: [], results: [], end: { kind: 'finish', result, output: null } },
  };
  await writeRuns(tx, [write], 'worker-a');
}
