import { appendFileSync, chownSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';

/** Server settings by name, as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string | number | boolean>>;

const FILE = 'signalbox.conf';

/** Makes a new cluster's postgresql.conf end with our own file, which each start writes anew. */
export function includeSettings(dataDir: string): void {
  appendFileSync(join(dataDir, 'postgresql.conf'), `\ninclude_if_exists = '${FILE}'\n`);
}

/**
 * Writes the settings of this start: local TCP only, no socket file (its path may be too long), UTC, and
 * what the caller asks for.
 * @throws Error on a name that is no setting's name.
 */
export function writeSettings(
  dataDir: string,
  settings: ServerSettings & { port: number },
  account: Account | undefined,
): void {
  const all: ServerSettings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new Error(`"${name}" is not the name of a server setting`);
    return `${name} = '${toText(value).replaceAll("'", "''")}'\n`;
  });
  const partial = join(dataDir, `${FILE}.${process.pid}`);
  writeFileSync(partial, lines.join(''), { mode: 0o600 });
  if (account !== undefined) chownSync(partial, account.uid, account.gid);
  renameSync(partial, join(dataDir, FILE));
}

function toText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return String(value);
}
