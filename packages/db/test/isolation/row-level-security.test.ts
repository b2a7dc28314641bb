import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace, type TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GateDatabase, openGateDatabase, outcomeOf } from '../gate/gate-database.ts';

let gate: GateDatabase;
/** A session as the application has them, but without the helper that sets the workspace. */
let app: postgres.Sql;
let here: TestWorkspace;
let there: TestWorkspace;

beforeAll(async () => {
  gate = await openGateDatabase();
  app = postgres(gate.url, { max: 1, onnotice: () => {}, connection: { role: 'signalbox_app' } });
  here = await workspaceWithRun();
  there = await workspaceWithRun();
});
afterAll(async () => {
  await app.end({ timeout: 5 });
  await gate.close();
});

async function workspaceWithRun(): Promise<TestWorkspace> {
  const workspace = await makeWorkspace(gate.db);
  const { tenantId } = await makeTenant(gate.db, workspace.id);
  const { operator } = workspace.members;
  const idempotency = { route: 'r', key: 'k', bodyHash: 'h' };
  const [result] = await startRuns(gate.db, workspace.id, [
    startRequest(operator, { operation: 'snapshot_capture', tenantId }, { idempotency }),
  ]);
  expect(outcomeOf(result)).toBe('accepted');
  return workspace;
}

/** Every table of ours with its columns and what the application may do to it. */
async function catalogue() {
  return gate.admin<
    {
      name: string;
      enabled: boolean;
      forced: boolean;
      has_workspace: boolean;
      policies: { name: string; roles: string[]; using: string | null; check: string | null }[];
      app_may: string[];
    }[]
  >`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
        as has_workspace,
      coalesce((select jsonb_agg(jsonb_build_object('name', p.policyname, 'roles', p.roles, 'using', p.qual, 'check', p.with_check))
        from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname), '[]') as policies,
      array(select privilege from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
        where has_table_privilege('signalbox_app', c.oid, privilege)) as app_may
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`;
}

test('every table of a workspace has row-level security, forced, with a policy for reading and writing', async () => {
  const tables = (await catalogue()).filter((table) => table.has_workspace || table.name === 'workspaces');
  expect(tables.length).toBeGreaterThanOrEqual(15);
  for (const table of tables) {
    expect(table, table.name).toMatchObject({ enabled: true, forced: true });
    const column = table.name === 'workspaces' ? 'id' : 'workspace_id';
    const condition = `(${column} = NULLIF(current_setting('app.workspace'::text, true), ''::text))`;
    const applying = table.policies.filter((policy) => !policy.roles.includes('signalbox_system'));
    expect(applying, table.name).toEqual([
      { name: 'workspace', roles: ['public'], using: condition, check: condition },
    ]);
  }
});

test('tables outside every workspace are closed to the application, save the registry of workers and the counters of limits', async () => {
  const global = (await catalogue()).filter((table) => !table.has_workspace && table.name !== 'workspaces');
  expect(global.filter((table) => table.app_may.length > 0).map((table) => table.name)).toEqual([
    'rate_limits',
    'workers',
  ]);
  for (const table of global.filter(({ name }) => name !== 'workers' && name !== 'rate_limits')) {
    expect(table, table.name).toMatchObject({ enabled: true, forced: true });
  }
});

test('without a workspace nothing is visible and nothing can be written in any table of a workspace', async () => {
  for (const table of await catalogue()) {
    if (!table.has_workspace && table.name !== 'workspaces') continue;
    const [seen] = await app`select count(*)::int as rows from ${app(table.name)}`;
    expect(seen, table.name).toEqual({ rows: 0 });
  }
  await expect(
    app`insert into tenants (workspace_id, external_id, name) values (${here.id}, 'x', 'x')`,
  ).rejects.toThrow(/row-level security/);
});

test('inside one workspace the rows of another are neither seen, nor changed, nor written', async () => {
  const outside = await app.begin(async (tx) => {
    await tx`select set_config('app.workspace', ${here.id}, true)`;
    const found: Record<string, number> = {};
    for (const table of await catalogue()) {
      if (!table.has_workspace) continue;
      const [seen] =
        await tx`select count(*)::int as rows from ${tx(table.name)} where workspace_id <> ${here.id}`;
      if (seen?.rows !== 0) found[table.name] = seen?.rows;
    }
    const changed = await tx`update runs set codename = 'stolen' where workspace_id = ${there.id}`;
    const freed = await tx`delete from scope_claims where workspace_id = ${there.id}`;
    return { found, changed: changed.count, freed: freed.count };
  });
  expect(outside).toEqual({ found: {}, changed: 0, freed: 0 });
  await expect(
    app.begin(async (tx) => {
      await tx`select set_config('app.workspace', ${here.id}, true)`;
      await tx`update tenants set workspace_id = ${there.id}`;
    }),
  ).rejects.toThrow(/row-level security/);
});

test('the setting of a workspace ends with its transaction', async () => {
  await app.begin(async (tx) => {
    await tx`select set_config('app.workspace', ${here.id}, true)`;
    expect((await tx`select count(*)::int as rows from runs`)[0]).toEqual({ rows: 1 });
  });
  expect((await app`select count(*)::int as rows from runs`)[0]).toEqual({ rows: 0 });
});

test('what was recorded cannot be changed or removed by the application', async () => {
  const kept = [
    'audit_entries',
    'policy_versions',
    'backup_items',
    'restore_previews',
    'run_events',
    'run_logs',
  ];
  const tables = (await catalogue()).filter((table) => kept.includes(table.name));
  expect(Object.fromEntries(tables.map((table) => [table.name, table.app_may]))).toEqual(
    Object.fromEntries(kept.map((name) => [name, ['SELECT', 'INSERT']])),
  );
  for (const name of kept) {
    const inside = (statement: string) =>
      app.begin(async (tx) => {
        await tx`select set_config('app.workspace', ${here.id}, true)`;
        await tx.unsafe(statement);
      });
    await expect(inside(`update ${name} set workspace_id = workspace_id`), name).rejects.toThrow(
      /permission denied/,
    );
    await expect(inside(`delete from ${name}`), name).rejects.toThrow(/permission denied/);
    await expect(inside(`truncate ${name}`), name).rejects.toThrow(/permission denied/);
  }
});

test('runs are never removed by the application, and no table can be emptied by it', async () => {
  const tables = await catalogue();
  expect(tables.filter((table) => table.app_may.includes('TRUNCATE'))).toEqual([]);
  expect(tables.filter((table) => table.app_may.includes('DELETE')).map((table) => table.name)).toEqual([
    'consent_requests',
    'groups',
    'idempotency_keys',
    'member_tenants',
    'rate_limits',
    'role_definitions',
    'saved_views',
    'scope_claims',
    'workers',
    'ws_tickets',
  ]);
});

test('the application role owns nothing, passes nothing and is a member of no other role', async () => {
  const [role] = await gate.admin`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
      (select count(*)::int from pg_class where relowner = r.oid) as owned,
      (select count(*)::int from pg_proc where proowner = r.oid) as functions,
      (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
      has_schema_privilege('signalbox_app', 'public', 'CREATE') as may_create
    from pg_roles r where rolname = 'signalbox_app'`;
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: false,
    owned: 0,
    functions: 0,
    memberships: 0,
    may_create: false,
  });
});

test('functions that run with more rights are closed to everybody but the application and fix their search path', async () => {
  const functions = await gate.admin<
    { name: string; owner: string; config: string[] | null; open: boolean }[]
  >`
    select p.proname as name, r.rolname as owner, p.proconfig as config,
      has_function_privilege('public', p.oid, 'EXECUTE') as open
    from pg_proc p join pg_roles r on r.oid = p.proowner
    where p.pronamespace = 'public'::regnamespace and p.prosecdef order by p.proname`;
  expect(functions.length).toBeGreaterThan(10);
  for (const { name, owner, config, open } of functions) {
    const expected = name.startsWith('queue_') ? 'signalbox_queue' : 'signalbox_system';
    expect({ name, owner, open }).toEqual({ name, owner: expected, open: false });
    expect(config, name).toContain('search_path=public, pg_temp');
  }
});
