import type { Database } from '@signalbox/db/client/database';
import { sqlState } from '@signalbox/db/client/retried';
import { isTransient } from '@signalbox/db/client/transient';
import { AppError } from '@signalbox/domain/error/app-error';

/** Seconds after which a database that is away or overloaded is worth another try. */
const comeBackSeconds = 2;

/** SQLSTATE of a statement that was cancelled because its time was over. */
const statementCancelled = '57014';

/** The same database, but when it is away or too busy its callers are told to come back instead of an inner error. */
export function answeringDatabase(db: Database): Database {
  return {
    ...db,
    inWorkspace: (workspaceId, work) => db.inWorkspace(workspaceId, work).catch(askBack),
    asSystem: (work) => db.asSystem(work).catch(askBack),
  };
}

/** Turns trouble of the database into 503; anything else stays what it is. */
export function askBack(error: unknown): never {
  if (sqlState(error) === statementCancelled) throw new AppError({ code: 'timed_out' });
  if (isTransient(error)) throw new AppError({ code: 'unavailable', retryAfterSeconds: comeBackSeconds });
  throw error;
}
