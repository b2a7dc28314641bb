import postgres from 'postgres';

/** A database as its superuser, who sees and changes everything; its user ends it. */
export function openAdmin(url: string): postgres.Sql {
  return postgres(url, { max: 2, onnotice: () => {} });
}

/** Runs `work` on one short-lived connection to the admin database. */
export async function withAdmin<T>(adminUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The same server's URL with another database. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
