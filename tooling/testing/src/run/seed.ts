import postgres from 'postgres';

/** A workspace with one tenant and one connection, to which runs can belong. */
export interface Seeded {
  readonly workspaceId: string;
  readonly tenantId: number;
  readonly connectionId: number;
}

/** Makes them as the superuser of the URL. */
export async function seedWorkspace(url: string, workspaceId = 'acme'): Promise<Seeded> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`insert into workspaces (id, name) values (${workspaceId}, ${workspaceId})`;
    const [tenant] = await sql<{ id: string }[]>`
      insert into tenants (workspace_id, external_id, name) values (${workspaceId}, 'contoso', 'Contoso') returning id`;
    const tenantId = Number(tenant?.id);
    const [connection] = await sql<{ id: string }[]>`
      insert into connections (workspace_id, tenant_id, provider, label)
      values (${workspaceId}, ${tenantId}, 'graph', 'Main') returning id`;
    return { workspaceId, tenantId, connectionId: Number(connection?.id) };
  } finally {
    await sql.end();
  }
}
