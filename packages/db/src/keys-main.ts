import { envelopeKeys, databaseUrl as url } from './env.ts';
import { countKeyUse, missingKey } from './secrets/key-use.ts';
import { readKeyring } from './secrets/read-keyring.ts';
import { rotateSeals } from './secrets/rotate-seals.ts';
import { openSystemSession } from './secrets/system-session.ts';

const usage = `The envelope keys that seal secrets in the database.

  npm run keys -- status   how many values each key seals
  npm run keys -- rotate   seals everything with the first key of SIGNALBOX_KEYS
`;

async function main(args: readonly string[]): Promise<string[]> {
  const asked = args.join(' ');
  if (asked !== 'status' && asked !== 'rotate') throw new Error(usage);
  if (url === undefined) throw new Error('Set DATABASE_URL to the database, with the login that migrates.');
  const keyring = readKeyring(envelopeKeys);
  const system = await openSystemSession(url, 'signalbox keys');
  try {
    const lines: string[] = [];
    if (asked === 'rotate') {
      for (const { place, values, unopened } of await rotateSeals(system, keyring)) {
        lines.push(`${place}: ${values} sealed anew`);
        if (unopened > 0) {
          lines.push(
            `${place}: ${unopened} could not be opened with the keys given and were left as they are`,
          );
          process.exitCode = 1;
        }
      }
    }
    const use = await countKeyUse(system);
    const ids = new Set([...keyring.keys.keys(), ...use.map(({ keyId }) => keyId)]);
    for (const id of ids) {
      const places = use.filter(({ keyId }) => keyId === id);
      const total = places.reduce((sum, { values }) => sum + values, 0);
      if (keyring.keys.has(id)) {
        const current = id === keyring.current;
        const idle = current ? 'nothing yet' : 'seals nothing; it may be removed';
        const where = places.map(({ place, values }) => `${place} ${values}`).join(', ');
        lines.push(`key ${id}${current ? ', seals what is new' : ''}: ${total === 0 ? idle : where}`);
      } else {
        lines.push(missingKey(id, total));
        process.exitCode = 1;
      }
    }
    return lines;
  } finally {
    await system.end({ timeout: 5 });
  }
}

/** `npm run keys`: shows what the envelope keys seal, or moves everything to the first one. */
try {
  process.stdout.write(`${(await main(process.argv.slice(2))).join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
