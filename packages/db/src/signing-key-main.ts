import { signingKeyOf } from '@signalbox/domain/access/signing-key-age';
import { openDatabase } from './client/database.ts';
import { rotateSigningKey, signingKeys } from './commands/access/signing-key.ts';
import { envelopeKeys, databaseUrl as url } from './env.ts';
import { readKeyring } from './secrets/read-keyring.ts';

const usage = `The keys that sign access tokens. They change by themselves every 30 days.

  npm run signing-key -- status               what is there
  npm run signing-key -- rotate               a new key now; what the old ones signed stays good
  npm run signing-key -- rotate --revoke-old  after a compromise: what the old ones signed is refused within 10 s
`;

async function main(args: readonly string[]): Promise<string> {
  const asked = args.join(' ');
  if (!['status', 'rotate', 'rotate --revoke-old'].includes(asked)) throw new Error(usage);
  if (url === undefined) throw new Error('Set DATABASE_URL to the database of the API.');
  const keyring = readKeyring(envelopeKeys);
  const db = await openDatabase({ url, name: 'signalbox signing-key', max: 1 });
  try {
    if (asked === 'status') {
      const days = (seconds: number) => `${(seconds / 86_400).toFixed(1)} days`;
      const keys = await signingKeys(db, keyring);
      const signing = signingKeyOf(keys);
      return keys
        .map((key) => `${key.kid}  ${days(key.ageSeconds)} old, ${key === signing ? 'signs' : 'verifies'}`)
        .join('\n');
    }
    const revokeOld = asked.endsWith('--revoke-old');
    const kid = await rotateSigningKey(db, keyring, { ifOlderThan: 0, revokeOld });
    const old = revokeOld
      ? 'Tokens signed before are refused by every API within ten seconds; their holders sign in again.'
      : 'Tokens signed before stay good until their sessions end.';
    return `The new signing key is ${kid}. ${old}`;
  } finally {
    await db.close();
  }
}

/** `npm run signing-key`: shows or changes the keys that sign access tokens; a failure is told in one line. */
try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
