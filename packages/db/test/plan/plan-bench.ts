import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { type BulkWish, type CreatedBulk, createBulk } from '@signalbox/db/commands/plan/create-bulk';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { listPlanItems, type PlanItemRecord } from '@signalbox/db/queries/plan/plan-items';
import { getPlan, type PlanRecord } from '@signalbox/db/queries/plan/plans';
import type { Principal } from '@signalbox/domain/access/principal';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { type GateDatabase, runIdOf } from '../gate/gate-database.ts';

/** A workspace with an operator and a tenant, and short ways to bulk actions in it. */
export interface PlanBench {
  readonly workspace: TestWorkspace;
  readonly operator: Principal;
  readonly tenant: TestTenant;
  /** Starts a run of a kind of its own, so that no two are the same work. */
  start(tenantId: number, policy: string): Promise<number>;
  /** Ends a run and frees its scope, by a cancel before it began. */
  end(runId: number): Promise<void>;
  /** Runs that have ended, in the order given. */
  ended(tenantId: number, policies: readonly string[]): Promise<number[]>;
  /** Makes a bulk action on these runs, a replay unless wished otherwise. */
  make(runIds: readonly number[], more?: Partial<BulkWish>): Promise<number>;
  advance(planId: number): Promise<void>;
  items(planId: number): Promise<PlanItemRecord[]>;
  plan(planId: number): Promise<PlanRecord>;
}

export async function makePlanBench({ db }: GateDatabase): Promise<PlanBench> {
  const workspace = await makeWorkspace(db);
  const { operator } = workspace.members;
  const tenant = await makeTenant(db, workspace.id);
  const start: PlanBench['start'] = async (tenantId, policy) => {
    const what = { operation: 'snapshot_capture', tenantId } as const;
    const request = startRequest(operator, what, { input: { policyIds: [policy] } });
    return runIdOf((await startRuns(db, workspace.id, [request]))[0]);
  };
  const end: PlanBench['end'] = async (runId) => {
    await db.inWorkspace(workspace.id, (tx) =>
      requestCancel(tx, { runId, actor: { kind: 'user', name: 'test' } }),
    );
  };
  return {
    workspace,
    operator,
    tenant,
    start,
    end,
    ended: async (tenantId, policies) => {
      const ids: number[] = [];
      for (const policy of policies) {
        const id = await start(tenantId, policy);
        await end(id);
        ids.push(id);
      }
      return ids;
    },
    make: async (runIds, more = {}) => planOf(await createBulk(db, operator, wish(runIds, more))).id,
    advance: (planId) => advancePlan(db, { workspaceId: workspace.id, planId }),
    items: (planId) =>
      db.inWorkspace(workspace.id, (tx) =>
        listPlanItems(tx, operator, { planId, filter: {}, after: 0, limit: 2_000 }),
      ),
    plan: async (planId) => {
      const found = await db.inWorkspace(workspace.id, (tx) => getPlan(tx, operator, planId));
      if (found === null) throw new Error(`No plan ${planId}`);
      return found;
    },
  };
}

/** A replay of these runs, unless wished otherwise. */
export function wish(runIds: readonly number[], more: Partial<BulkWish> = {}): BulkWish {
  return {
    action: 'replay',
    selection: { kind: 'ids', runIds },
    asked: { runIds: [...runIds] },
    reason: null,
    idempotency: null,
    requestId: null,
    ...more,
  };
}

export function planOf(created: CreatedBulk): PlanRecord {
  if (created.kind !== 'created') throw new Error(`Not created: ${created.kind}`);
  return created.plan;
}

/** Status and outcome of each item. */
export function said(list: readonly PlanItemRecord[]): [string, string][] {
  return list.map(({ status, outcome }) => [status, outcome ?? '-']);
}
