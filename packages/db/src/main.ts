import { databaseUrl as url } from './env.ts';
import { migrate } from './migrate.ts';

/** `npm run migrate`: brings the database of DATABASE_URL to the present schema; a failure is told in one line. */
try {
  if (url === undefined) throw new Error('Set DATABASE_URL to the database to migrate.');
  await migrate({ url, log: (line) => void process.stdout.write(`migrated: ${line}\n`) });
} catch (error) {
  // A connection that could not be made has its reasons inside, one per address.
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  process.stderr.write(`${inner instanceof Error ? inner.message : String(inner)}\n`);
  process.exitCode = 1;
}
