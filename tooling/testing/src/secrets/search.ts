import { withAdmin } from '../postgres/admin.ts';

/** The forms in which something may write a text down, made apart from the code under test. */
export function writtenForms(secret: string): string[] {
  const escaped = encodeURIComponent(secret);
  const forms = [secret, escaped, escaped.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)];
  for (const before of ['', 'x', 'xx']) {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.from(before + secret).toString(encoding);
      // The first digits belong to what stands before, the last ones to what comes behind.
      forms.push(text.slice(before === '' ? 0 : before.length + 1, -4));
    }
  }
  return [...new Set(forms)].filter((form) => form.length >= 8);
}

/** A row of the database as text, with where it stands. */
export interface StoredText {
  readonly place: string;
  readonly text: string;
}

/**
 * Every value of every table that is not bytes, in every schema: what is sealed or hashed is kept as bytes, so that
 * whatever else holds a secret is a fault.
 */
export async function allStoredText(databaseUrl: string): Promise<StoredText[]> {
  return withAdmin(databaseUrl, async (sql) => {
    const columns = await sql<{ schema: string; name: string; column: string }[]>`
      select table_schema as schema, table_name as name, column_name as column
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_type = 'BASE TABLE' and udt_name <> 'bytea'
        and table_schema not in ('pg_catalog', 'information_schema')
      order by 1, 2, ordinal_position`;
    const found: StoredText[] = [];
    for (const { schema, name, column } of columns) {
      const rows = await sql<{ text: string }[]>`
        select distinct ${sql(column)}::text as text from ${sql(schema)}.${sql(name)}
        where ${sql(column)} is not null`;
      for (const { text } of rows) found.push({ place: `${name}.${column}`, text });
    }
    return found;
  });
}
