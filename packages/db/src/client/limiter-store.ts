import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** A statement as `pg` takes it. */
interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** What a rate limiter needs of a pool of `pg`: the counters alone, since its caller writes only about them. */
export interface LimiterStore {
  query(statement: Statement): Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
}

/** Lets a limiter made for `pg` count in our database without having our pool. */
export function limiterStore(db: Pick<Database, 'asSystem'>): LimiterStore {
  return {
    async query({ text, values = [] }) {
      const rows = await db.asSystem((tx) =>
        tx.query.execute<Record<string, unknown>>(withValues(text, values)),
      );
      return { rows: rows.map(numbered), rowCount: rows.count };
    },
  };
}

/** `$1` and its like, by their values. */
function withValues(text: string, values: readonly unknown[]): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, place) => (place % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`)),
  );
}

/** A bigint arrives as text; the limiter calculates with it. */
function numbered({ expire, ...row }: Record<string, unknown>): Record<string, unknown> {
  return { ...row, expire: typeof expire === 'string' ? Number(expire) : expire };
}
