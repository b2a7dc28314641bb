import postgres from 'postgres';
import { ratePerSecond } from '../callers.ts';

/** The limit: one row and one commit a call, over 16 connections. */
export async function commitRate(url: string, callers: number, count: number): Promise<number> {
  const sql = postgres(url, { max: 16, onnotice: () => {} });
  try {
    await sql`select 1`;
    return await ratePerSecond(callers, count, async (index) => {
      await sql`insert into bench_commits (payload) values (${sql.json({ index })})`;
    });
  } finally {
    await sql.end();
  }
}
