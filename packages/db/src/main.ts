import { databaseUrl as url } from './env.ts';
import { migrate } from './migrate.ts';

/** `npm run migrate`: brings the database of DATABASE_URL to the present schema. */
if (url === undefined) {
  process.stderr.write('Set DATABASE_URL to the database to migrate.\n');
  process.exitCode = 1;
} else {
  await migrate({ url, log: (line) => void process.stdout.write(`migrated: ${line}\n`) });
}
