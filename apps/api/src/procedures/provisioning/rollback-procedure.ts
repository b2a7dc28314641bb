import { uid } from '@signalbox/contracts/shape/ids';
import { getCheckpoint } from '@signalbox/db/queries/provisioning/checkpoints';
import { namedRuns } from '@signalbox/db/queries/provisioning/named-runs';
import { AppError } from '@signalbox/domain/error/app-error';
import { found, requireCapability } from '../../access/capability.ts';
import { given, givenText } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';

/** More names than a request may hold are told as such and not looked for. */
const mostNames = 1_000;

/**
 * The beginning of a rollback: the checkpoint and the operations that the body names must be there before the capability
 * is asked and the body is judged.
 */
export function rollbackProcedure(fields: { readonly checkpoint: string; readonly operations: string }) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const { db, principal } = ctx;
    const raw = await getRawInput();
    const checkpoint = uid.safeParse(givenText(raw, fields.checkpoint));
    const operations = given(raw, fields.operations);
    const names = Array.isArray(operations) ? operations.filter((each) => typeof each === 'string') : [];
    await db.inWorkspace(principal.workspaceId, async (tx) => {
      if (checkpoint.success) found(await getCheckpoint(tx, checkpoint.data));
      if (names.length === 0 || names.length > mostNames) return;
      const named = await namedRuns(tx, names.map(storable));
      if (named.kind === 'unknown') throw new AppError({ code: 'not_found' });
    });
    requireCapability(principal, 'rollback.execute');
    return next();
  });
}

/** What PostgreSQL cannot hold names nothing. */
function storable(name: string): string {
  return name.replaceAll('\0', '\u{fffd}').toWellFormed();
}
