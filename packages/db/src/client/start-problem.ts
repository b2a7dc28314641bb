import { isTransient } from './transient.ts';

/** The database cannot be used. The message is all that the person who starts a program need to see. */
export class StartProblem extends Error {}

/** Where the database is, as `host:port/name`: never the login, never the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'localhost'}:${port || '5432'}${pathname}`;
}

function codeOf(error: unknown): string {
  // A host with several addresses has one failure for each.
  const one = error instanceof AggregateError && !('code' in error) ? error.errors[0] : error;
  return one instanceof Error && 'code' in one && typeof one.code === 'string' ? one.code : '';
}

/**
 * Why a program cannot use the database of this address, in one line; an error that this is not about is given back
 * as it is.
 */
export function startProblem(url: string, error: unknown): unknown {
  const place = placeOf(url);
  const code = codeOf(error);
  const reason = error instanceof Error ? error.message : '';
  const said = (line: string) => new StartProblem(line, { cause: error });
  if (code === '28P01' || code === '28000')
    return said(`The database at ${place} refuses the login: ${reason}.`);
  if (code === '3D000') {
    return said(`There is no database at ${place}. Create it, then run: npm run migrate`);
  }
  if (/signalbox_app/.test(reason) && /does not exist|invalid value/.test(reason)) return notMigrated(url);
  if (/signalbox_app/.test(reason)) {
    return said(
      `The login of DATABASE_URL may not take the role signalbox_app (${reason}). Run: npm run migrate`,
    );
  }
  if (isTransient(error) || /^E[A-Z_]+$|^CONNECT/.test(code)) {
    return said(
      `The database at ${place} cannot be reached (${code || reason}). Is PostgreSQL running there?`,
    );
  }
  return error;
}

/** There is a database, and nothing of Signalbox in it. */
export function notMigrated(url: string): StartProblem {
  return new StartProblem(`The database at ${placeOf(url)} is not migrated. Run: npm run migrate`);
}
