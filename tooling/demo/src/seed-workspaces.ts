import { type Database, openDatabase } from '@signalbox/db/client/database';
import { createUser } from '@signalbox/db/commands/access/create-user';
import { setupNeeded } from '@signalbox/db/commands/access/setup-link';
import { createBackupSet } from '@signalbox/db/commands/backup/create-backup-set';
import { createConnection } from '@signalbox/db/commands/connection/create-connection';
import { createTenant } from '@signalbox/db/commands/inventory/create-tenant';
import { createWorkspace } from '@signalbox/db/commands/workspace/create-workspace';
import { memberships } from '@signalbox/db/queries/access/memberships';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import type { Role } from '@signalbox/domain/access/capabilities';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { seedServerConnections } from './seed-server-connections.ts';

const by = 'demo';
const people: readonly { readonly username: string; readonly role: Role }[] = [
  { username: 'admin', role: 'owner' },
  { username: 'manager', role: 'manager' },
  { username: 'operator', role: 'operator' },
  { username: 'viewer', role: 'viewer' },
];

/** Tenants of ws-default, and whether a Graph connection belongs to them from the start. */
const defaultTenants = [
  { alias: 'contoso', connected: true },
  { alias: 'fabrikam', connected: true },
  { alias: 'tailspin', connected: true },
  { alias: 'northwind', connected: false },
] as const;

export interface SeedOptions {
  readonly databaseUrl: string;
  readonly keyring: Keyring;
  readonly password: string;
}

/** Makes the demo's people, workspaces, tenants and connections, once. Answers false when they were there already. */
export async function seedWorkspaces(options: SeedOptions): Promise<boolean> {
  const db = await openDatabase({ url: options.databaseUrl, name: 'signalbox demo', max: 2 });
  try {
    return await seed(db, options);
  } finally {
    await db.close();
  }
}

async function seed(db: Database, options: SeedOptions): Promise<boolean> {
  // People whose password everybody knows are never added to those of somebody else's.
  if (!(await setupNeeded(db))) return false;
  const ids = new Map<string, number>();
  for (const username of [...people.map((person) => person.username), 'outsider']) {
    const id = await createUser(db, {
      username,
      email: `${username}@signalbox.example`,
      password: options.password,
    });
    if (id === null) return false;
    ids.set(username, id);
  }
  const idOf = (username: string): number => ids.get(username) ?? 0;
  const members = people.map(({ username, role }) => ({ userId: idOf(username), role }));
  await createWorkspace(db, { id: 'ws-default', name: 'Default', members, by });
  await createWorkspace(db, {
    id: 'ws-lab',
    name: 'Lab',
    members: [{ userId: idOf('admin'), role: 'owner' }],
    by,
  });
  await createWorkspace(db, {
    id: 'ws-other',
    name: 'Other',
    members: [{ userId: idOf('outsider'), role: 'owner' }],
    by,
  });
  for (const { alias, connected } of defaultTenants) {
    const tenantId = await seedTenant(db, { workspaceId: 'ws-default', alias, connected }, options);
    if (alias === 'contoso') await seedBackupSet(db, idOf('admin'), tenantId);
  }
  await seedServerConnections(db, { workspaceId: 'ws-default', system: by }, options.keyring);
  await seedTenant(db, { workspaceId: 'ws-other', alias: 'adatum', connected: true }, options);
  return true;
}

async function seedTenant(
  db: Database,
  place: { readonly workspaceId: string; readonly alias: string; readonly connected: boolean },
  { keyring }: SeedOptions,
): Promise<number> {
  const { workspaceId, alias, connected } = place;
  const seeded = demoTenants.find((tenant) => tenant.alias === alias);
  if (seeded === undefined) throw new Error(`The emulator has no tenant ${alias}.`);
  const author = { workspaceId, system: by };
  const made = await createTenant(db, author, { externalId: alias, name: seeded.displayName });
  if (made.kind !== 'made') throw new Error(`The tenant ${alias} was there already.`);
  const tenantId = made.made.id;
  if (connected) {
    await createConnection(
      db,
      { author, keyring },
      {
        tenantId,
        provider: 'graph',
        label: `${seeded.displayName} Graph`,
        isDefault: true,
        settings: { clientId: seeded.clientId },
        secret: seeded.clientSecret,
      },
    );
  }
  return tenantId;
}

async function seedBackupSet(db: Database, userId: number, tenantId: number): Promise<void> {
  const [membership] = await memberships(db, userId);
  if (membership === undefined) throw new Error('The demo owner belongs to no workspace.');
  const principal = {
    userId,
    username: 'admin',
    workspaceId: 'ws-default',
    role: membership.role,
    tenants: 'all' as const,
  };
  await createBackupSet(db, principal, { tenantId, name: 'nightly', requestId: null });
}
