import type { Database } from '@signalbox/db/client/database';
import { createUser } from '@signalbox/db/commands/access/create-user';
import { createWorkspace } from '@signalbox/db/commands/workspace/create-workspace';
import type { Principal } from '@signalbox/domain/access/principal';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type postgres from 'postgres';

const workspaceId = 'ws-bench';

/** A workspace with many tenants, so that starts meet no foreign scope unless a measure wants them to. */
export interface BenchWorkspace {
  readonly principal: Principal;
  /** The start of a unit: each on the scope of its own tenant. */
  start(unit: number): StartRequest;
}

/** Makes `tenants` tenants, each with a healthy connection. The rows are made in bulk; the runs never are. */
export async function makeBenchWorkspace(
  db: Database,
  admin: postgres.Sql,
  tenants: number,
): Promise<BenchWorkspace> {
  const user = { username: 'bench', email: 'bench@example.org', password: 'bench' };
  const userId = await createUser(db, user);
  if (userId === null) throw new Error('The database was used for a bench before; take a fresh one.');
  await createWorkspace(db, {
    id: workspaceId,
    name: 'Bench',
    members: [{ userId, role: 'operator' }],
    by: 'bench',
  });
  const rows = await admin<{ id: string }[]>`
    insert into tenants (workspace_id, external_id, name)
    select ${workspaceId}, 'bench-' || n, 'Bench ' || n from generate_series(1, ${tenants}) as n returning id`;
  await admin`
    insert into connections (workspace_id, tenant_id, provider, label, is_default, consent, health, credential, granted)
    select workspace_id, id, 'graph', name, true, 'granted', 'ok', 'present',
      array['DeviceManagementConfiguration.ReadWrite.All'] from tenants where workspace_id = ${workspaceId}`;
  const ids = rows.map((row) => Number(row.id));
  const principal: Principal = {
    workspaceId,
    userId,
    username: user.username,
    role: 'operator',
    tenants: 'all',
  };
  return {
    principal,
    start: (unit) => ({
      principal,
      operation: 'snapshot_capture',
      tenantId: ids[unit % ids.length] ?? 0,
      connectionId: null,
      input: {},
      payloadHash: null,
      link: null,
      idempotency: null,
      context: {},
      tags: [],
      requestId: null,
    }),
  };
}
