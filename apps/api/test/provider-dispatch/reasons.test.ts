import { addBackupItems } from '@signalbox/db/commands/backup/add-backup-items';
import { capturePolicies } from '@signalbox/db/commands/backup/capture-policies';
import { savePreview } from '@signalbox/db/commands/backup/save-preview';
import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { createTenant } from '@signalbox/db/commands/inventory/create-tenant';
import { onboardingSessions } from '@signalbox/db/schema/onboarding';
import {
  type Capability,
  capabilitiesOf,
  type Role,
  roleHolds,
  roles,
} from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { providerTraits } from '@signalbox/domain/connection/providers';
import { type GateReason, gateReasons } from '@signalbox/domain/gate/gate-reasons';
import { type NextStepCode, type NextStepRule, nextSteps } from '@signalbox/domain/gate/next-steps';
import { reasonCodes, reasonRule, stepsFor } from '@signalbox/domain/gate/reasons';
import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import { consoleViews } from '@signalbox/testing/console/routes';
import {
  makeConnection,
  makeTenant,
  type TestTenant,
  uniqueName,
} from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { presentSteps } from '../../src/presenters/gate/next-steps.ts';
import type { Things } from '../support/grid/kinds.ts';
import { operations } from '../support/grid/positions.ts';
import { recipes } from '../support/grid/recipes.ts';
import { requestOf } from '../support/grid/request.ts';
import { makeThings } from '../support/grid/things.ts';
import { playToEnd } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
}, 60_000);
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

/** A start that the gate answers with the reason under test. */
interface Asked {
  readonly path: string;
  readonly body?: object;
}

const tenantAction = (
  { externalId }: Pick<TestTenant, 'externalId'>,
  operation = 'inventory.sync',
): Asked => ({
  path: `/admin/t/${externalId}/provider-actions/${operation}/start`,
});
const connectionAction = ({ connectionId }: Pick<TestTenant, 'connectionId'>): Asked => ({
  path: `/admin/provider-connections/${connectionId}/actions/inventory.sync/start`,
});
const restore = ({ externalId }: TestTenant, previewId: number): Asked => ({
  path: `/admin/t/${externalId}/restore-runs/${previewId}/execute`,
});
const send = ({ path, body }: Asked, role: Role) =>
  api.call(path, { method: 'POST', as: api.workspace.members[role], ...(body !== undefined && { body }) });

const freshTenant = (wishes: Parameters<typeof makeTenant>[2] = {}) =>
  makeTenant(api.db, api.workspace.id, wishes);

/** A preview run that succeeded; `kept` with what a restore needs of it. */
async function previewed({ tenantId }: TestTenant, kept: boolean): Promise<number> {
  const as = api.workspace.members.operator;
  const post = (path: string, body: object) => api.call(path, { method: 'POST', as, body });
  const set = (await post('/v1/backup-sets', { tenantId, name: uniqueName('set') })).body.id;
  const captured = (await post('/v1/runs', { operation: 'snapshot_capture', tenantId })).body.run.id;
  const place = { workspaceId: api.workspace.id };
  await api.db.inWorkspace(place.workspaceId, async (tx) => {
    const of = {
      externalId: 'p',
      kind: 'k',
      name: 'P',
      payload: {},
      assignments: [],
      scopeTags: [],
      hash: 'h',
    };
    const [version] = await capturePolicies(tx, { tenantId, runId: captured }, [of]);
    await addBackupItems(tx, { setId: set, runId: captured }, [version?.versionId ?? 0]);
  });
  await playToEnd(api.db, { ...place, runId: captured }, { total: 1, failed: 0 });
  const body = { operation: 'restore_preview', tenantId, input: { backupSetId: set } };
  const preview = (await post('/v1/runs', body)).body.run.id;
  if (kept)
    await api.db.inWorkspace(place.workspaceId, (tx) => savePreview(tx, { runId: preview, setId: set }, []));
  await playToEnd(api.db, { ...place, runId: preview }, { total: 1, failed: 0 });
  return preview;
}

/** A verification of a fresh tenant, from an onboarding session of it. */
async function verifyIn(session: Partial<typeof onboardingSessions.$inferInsert>): Promise<Asked> {
  const { tenantId } = await freshTenant();
  const [made] = await api.db.inWorkspace(api.workspace.id, (tx) =>
    tx.query
      .insert(onboardingSessions)
      .values({ workspaceId: api.workspace.id, tenantId, createdBy: 'test', ...session })
      .returning({ id: onboardingSessions.id }),
  );
  return { path: `/admin/onboarding/${made?.id}/provider-actions/onboarding.rbac.verify/start` };
}

/** Reasons no operation on Graph can be given, with the guard that keeps it so. */
const beyondGraph: Partial<Record<GateReason, () => void>> = {
  quota_exceeded: () => {
    const counted = operationNames.map(operationRule).filter(({ countsQuota }) => countsQuota);
    expect(counted.filter(({ provider }) => provider === 'graph')).toEqual([]);
  },
  tool_missing: () => expect(providerTraits.graph.tool).toBeNull(),
  approval_required: () => {
    const asked = operationNames.map(operationRule).filter((rule) => 'approval' in rule);
    expect(asked).toEqual([]);
  },
};

/** One way to each reason, over the surfaces of the contract. A new reason of the gate does not compile without one. */
const ways: Readonly<
  Record<Exclude<GateReason, 'quota_exceeded' | 'approval_required' | 'tool_missing'>, () => Promise<Asked>>
> = {
  session_closed: () => verifyIn({ status: 'abandoned', finishedAt: new Date() }),
  session_locked: () => {
    // Somebody who asks for nothing here: its holder would be let through.
    const { userId } = api.workspace.members.viewer;
    const lockedUntil = new Date(Date.now() + 600_000);
    return verifyIn({ lockedByUserId: userId, lockedByName: 'Ada', lockedUntil });
  },
  provider_connection_missing: async () => {
    const externalId = uniqueName('bare');
    await createTenant(
      api.db,
      { workspaceId: api.workspace.id, system: 'test' },
      { externalId, name: externalId },
    );
    return { path: `/admin/t/${externalId}/directory/role-definitions/sync` };
  },
  provider_connection_ambiguous: async () => {
    const tenant = await freshTenant({ isDefault: false });
    const place = { workspaceId: api.workspace.id, tenantId: tenant.tenantId };
    await makeConnection(api.db, place, { isDefault: false });
    return { path: `/admin/t/${tenant.externalId}/directory/groups/sync` };
  },
  target_missing: async () => tenantAction(await freshTenant(), 'restore_preview'),
  selection_unknown: async () => ({
    path: `/admin/t/${(await freshTenant()).externalId}/directory/groups/sync`,
    body: { selectionKey: 'some_groups_v9' },
  }),
  restore_preview_missing: async () => {
    const tenant = await freshTenant();
    return restore(tenant, await previewed(tenant, false));
  },
  preview_stale: async () => {
    const tenant = await freshTenant();
    const preview = await previewed(tenant, true);
    await admin`update runs set finished_at = now() - interval '25 hours' where id = ${preview}`;
    return restore(tenant, preview);
  },
  already_active: async () => {
    const asked = tenantAction(await freshTenant());
    await send(asked, 'operator');
    return asked;
  },
  connection_disabled: async () => {
    const tenant = await freshTenant();
    await admin`update connections set enabled = false, disabled_at = now() where id = ${tenant.connectionId}`;
    return connectionAction(tenant);
  },
  credential_missing: async () => {
    const tenant = await freshTenant();
    await admin`update connections set credential = 'missing' where id = ${tenant.connectionId}`;
    return connectionAction(tenant);
  },
  credential_expired: async () => {
    const tenant = await freshTenant();
    await admin`update connections set credential_expires_at = now() - interval '1 hour' where id = ${tenant.connectionId}`;
    return tenantAction(tenant);
  },
  credential_invalid: async () => tenantAction(await freshTenant({ check: { credential: 'refused' } })),
  tenant_mismatch: async () => {
    const tenant = await freshTenant();
    await admin`update connections set tenant_mismatch = true where id = ${tenant.connectionId}`;
    return tenantAction(tenant);
  },
  consent_missing: async () => tenantAction(await freshTenant({ check: { consent: 'missing' } })),
  permission_missing: async () => tenantAction(await freshTenant({ check: { granted: [] } })),
  throttled: async () => {
    const tenant = await freshTenant();
    await api.db.inWorkspace(api.workspace.id, (tx) => setThrottled(tx, tenant.connectionId, 90_000));
    return tenantAction(tenant, 'provider.connection.check');
  },
  scope_busy: async () => {
    const tenant = await freshTenant();
    await send(connectionAction(tenant), 'operator');
    return { path: `/admin/t/${tenant.externalId}/directory/groups/sync` };
  },
};

const statuses: Partial<Record<GateReason, string>> = { already_active: 'deduped', scope_busy: 'scope_busy' };

/** Paths of the console as its router writes them; a test of the console fails when one has no view here. */
const patterns = consoleViews.map(({ route }) => new RegExp(`^${route.replaceAll(/\$\w+/g, '[^/]+')}$`));
const isPage = (href: string) => patterns.some((pattern) => pattern.test(href.split(/[?#]/, 1)[0] ?? ''));

it('each reason the gate can give has a way to it here, or a rule that keeps Graph operations from it', () => {
  expect([...Object.keys(ways), ...Object.keys(beyondGraph)].sort()).toEqual([...gateReasons].sort());
  for (const holds of Object.values(beyondGraph)) holds?.();
});

/** Who may read of a refusal, but start nothing, is told of it without the steps of those who may. */
async function tellsOnlookers(reason: GateReason): Promise<void> {
  const { viewer } = api.workspace.members;
  const { body } = await api.call(`/v1/refusals?reason=${reason}`, { as: viewer });
  expect(body.items).toHaveLength(reason === 'already_active' ? 0 : 3);
  for (const { nextSteps: told } of body.items) {
    expect(told).not.toEqual([]);
    expect(told.filter(({ href = '' }: { href?: string }) => href.includes('/start?'))).toEqual([]);
  }
}

it.each(Object.keys(ways) as (keyof typeof ways)[])(
  '%s is a 200 that says why, with steps each role can take, and makes nothing',
  async (reason) => {
    const asked = await ways[reason]();
    expect((await send(asked, 'viewer')).status).toBe(403);
    const [{ runs: before } = { runs: -1 }] = await admin`select count(*)::int as runs from runs`;
    for (const role of roles.filter((each) => each !== 'viewer')) {
      const { status, body } = await send(asked, role);
      expect([reason, role, status, body.status]).toEqual([reason, role, 200, statuses[reason] ?? 'blocked']);
      expect(body.shortReason).toBe(reasonRule(reason).label);
      expect(body.operatorMessage).toMatch(/^[A-Z].*\.$/);
      const codes = body.nextSteps.map(({ actionType }: { actionType: string }) => actionType);
      expect(codes).toEqual(stepsFor(reason, (capability) => roleHolds(role, capability)));
      expect(codes.length).toBeGreaterThan(0);
      for (const { href } of [...body.nextSteps, ...body.actions]) {
        if (href !== null) expect([href, isPage(href)]).toEqual([href, true]);
      }
    }
    await tellsOnlookers(reason);
    const [{ runs: after } = { runs: -2 }] = await admin`select count(*)::int as runs from runs`;
    expect(after).toBe(before);
  },
);

/** What a step asks of the API when it is taken. A step with a capability does not compile without one. */
type Guarded =
  | {
      [Code in NextStepCode]: (typeof nextSteps)[Code]['capability'] extends null ? never : Code;
    }[NextStepCode]
  | 'choose_connection'
  | 'correct_input';
const taken: Readonly<Record<Guarded, string>> = {
  open_run: 'readRun',
  open_holder: 'readRun',
  cancel_holder: 'cancelRun',
  add_connection: 'createConnection',
  choose_connection: 'startAgain',
  correct_input: 'startAgain',
  set_default_connection: 'makeDefaultConnection',
  enable_connection: 'enableConnection',
  grant_consent: 'requestConsent',
  renew_credential: 'setConnectionCredential',
  grant_permissions: 'requestConsent',
  check_connection: 'checkConnection',
  open_connection: 'getConnection',
  view_usage: 'getUsageReport',
  upgrade_tier: 'updateWorkspaceTier',
  create_backup_set: 'createBackupSet',
  run_preview: 'startPreview',
  retry_failed_items: 'retryFailedItems',
  replay: 'replayRun',
  open_this_run: 'readRun',
  force_cancel: 'forceCancelRun',
  run_restore: 'executeRestore',
  open_backup_set: 'getBackupSet',
  open_onboarding: 'getOnboardingSession',
  take_over_onboarding: 'takeOnboardingLock',
};

it('a role is offered, for any reason there is, only steps whose own request it is not refused', async () => {
  const { owner } = api.workspace.members;
  const place = { workspaceId: api.workspace.id, tenant: await freshTenant(), owner, mark: uniqueName('m') };
  const things = await makeThings(api, place);
  for (const role of roles) {
    const principal = { ...api.workspace.members[role], tenants: 'all' as const };
    const offered = new Set(
      reasonCodes.flatMap((code) =>
        presentSteps(
          stepsFor(code, () => true),
          principal,
          objects(things),
        ),
      ),
    );
    for (const { code, capability, href } of offered) {
      const rule: NextStepRule = nextSteps[code as NextStepCode];
      if (!Object.hasOwn(taken, code)) {
        expect([code, rule.capability]).toEqual([code, null]);
        continue;
      }
      expect(capability).toBe(rule.capability ?? 'run.start.inventory.sync');
      expect(capabilitiesOf(role)).toContain(capability);
      expect([code, href !== undefined && isPage(href)]).toEqual([code, true]);
      const answer = await take(code as Guarded, role, things);
      // Nonsense in the query is told last, so whoever hears of it was let through.
      expect([role, code, answer.status, answer.body.code]).toEqual([role, code, 400, 'invalid_input']);
    }
  }
});

it('a key is offered to run again only what it may start', async () => {
  const key = (...capabilities: Capability[]): Principal => {
    const { owner } = api.workspace.members;
    return { ...owner, tenants: 'all', key: { id: 'k', name: 'k', capabilities } };
  };
  const again: NextStepCode[] = ['retry_failed_items', 'replay', 'correct_input'];
  const offered = (...held: Capability[]) =>
    presentSteps(again, key('run.replay', 'run.retry', ...held), {
      runId: 1,
      operation: 'inventory.sync',
    }).map(({ code }) => code);
  expect(offered('run.start.inventory.sync')).toEqual(again);
  expect(offered('run.start.directory.groups.sync')).toEqual(['ask_manager']);
  // Which operation it was is not always known; then the step's own capability decides.
  expect(presentSteps(['replay'], key('run.replay'), { runId: 1 })).toHaveLength(1);
});

function objects({ run, tenant, connection, set }: Things) {
  const id = Number(run);
  return {
    ...{ runId: id, holderId: id, connectionId: Number(connection), tenantId: Number(tenant) },
    ...{ backupSetId: Number(set), operation: 'inventory.sync' },
  };
}

async function take(code: Guarded, role: Role, things: Things) {
  const as = api.workspace.members[role];
  const operationId = taken[code];
  if (operationId === 'startPreview' || operationId === 'startAgain') {
    const operation = operationId === 'startPreview' ? 'restore_preview' : 'inventory.sync';
    const body = { operation, tenantId: things.tenant };
    return api.call('/v1/runs?nonsense=1', { method: 'POST', as, body });
  }
  if (operationId === 'takeOnboardingLock') {
    const body = { takeover: true, reason: 'because' };
    return api.call(`/v1/onboarding-sessions/${things.onboarding}/lock?nonsense=1`, {
      method: 'POST',
      as,
      body,
    });
  }
  const operation = operations.find(({ facts }) => facts.operationId === operationId);
  if (operation === undefined) throw new Error(`${operationId} is no operation of the API.`);
  expect(recipes[operationId]?.needs).toBe(nextSteps[code].capability);
  const { path, call } = requestOf(operation, { things, nonsense: true });
  return api.call(path, { ...call, as });
}
