import { databaseNow } from '@signalbox/db/client/database-now';
import type { Sighting } from '@signalbox/db/commands/inventory/sighting';
import type { GraphSession } from './session.ts';

/** The moment at which everything that this run sees counts as seen, the same for all its attempts. */
export async function beginLook({ context, tenantId }: GraphSession): Promise<Sighting> {
  const { seenAt } = await context.step('note the time', { idempotent: true }, () =>
    context.read(async (tx) => ({ seenAt: (await databaseNow(tx)).toISOString() })),
  );
  return { tenantId, seenAt };
}
