import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../src/postgres/test-database.ts';

test('two test databases share nothing and one can go while the other stays', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const first = postgres(one.url, { max: 1 });
  const second = postgres(two.url, { max: 1 });
  try {
    await first`create table only_here (id int)`;
    await one.drop();
    const found = await second`select from pg_tables where tablename = 'only_here'`;
    expect(found).toHaveLength(0);
    await expect(first`select 1`).rejects.toThrow();
  } finally {
    await Promise.all([first.end({ timeout: 1 }), second.end({ timeout: 1 }), two.drop()]);
  }
});
