import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings } from './settings.ts';
import { readState } from './state-file.ts';

/**
 * Runs a command of packages/db on the database of DATABASE_URL or, where none is named, on that of the Signalbox that
 * `npm start` runs here, with its keys.
 */
const [node = '', , script = '', ...args] = process.argv;
if (process.env.DATABASE_URL === undefined) {
  const { dataDir } = readSettings(process.env);
  const state = await readState(dataDir);
  if (state !== null) {
    process.env.DATABASE_URL = state.databaseUrl;
    if (process.env.SIGNALBOX_KEYS === undefined) {
      process.env.SIGNALBOX_KEYS_FILE ??= join(dataDir, 'envelope-keys');
    }
  }
}
process.argv = [node, resolve(script), ...args];
await import(pathToFileURL(resolve(script)).href);
