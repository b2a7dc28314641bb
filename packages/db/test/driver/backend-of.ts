import type { Sql, TransactionSql } from 'postgres';

/** The process id of the server backend that answers here. */
export async function backendOf(on: Sql | TransactionSql): Promise<number> {
  const [row] = await on<{ pid: number }[]>`select pg_backend_pid() as pid`;
  if (!row) throw new Error('pg_backend_pid() gave no row');
  return row.pid;
}
