import { migrate } from '@signalbox/db/migrate';
import { databaseUrl, withAdmin } from './admin.ts';

/**
 * Makes a database with all migrations applied and closes it to connections, so that it can be cloned at any
 * time.
 */
export async function createTemplate(adminUrl: string, name: string): Promise<void> {
  await withAdmin(adminUrl, (sql) => sql`create database ${sql(name)}`);
  await migrate({ url: databaseUrl(adminUrl, name), log: () => {} });
  await withAdmin(
    adminUrl,
    (sql) => sql`alter database ${sql(name)} with is_template true allow_connections false`,
  );
}

/** Drops the template and every database cloned from it. */
export async function dropDatabases(adminUrl: string, template: string): Promise<void> {
  await withAdmin(adminUrl, async (sql) => {
    await sql`alter database ${sql(template)} with is_template false`;
    const databases = await sql<{ datname: string }[]>`
      select datname from pg_database where starts_with(datname, ${template})`;
    for (const { datname } of databases) await sql`drop database if exists ${sql(datname)} with (force)`;
  });
}
