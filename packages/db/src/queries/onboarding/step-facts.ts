import type { StepFacts } from '@signalbox/domain/onboarding/steps';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';
import { newestEvidence, type TasksOf } from './evidence.ts';
import { statusesAt } from './tasks.ts';

/** What the steps of an onboarding stand on, with the connection it goes through: the chosen one, or the gate's choice. */
export interface StepGround {
  readonly facts: StepFacts;
  readonly chosenId: number | null;
}

/** What the steps stand on at a moment. */
export async function stepFacts(
  tx: WorkspaceTransaction,
  { now, ...of }: TasksOf & { readonly now: Date },
): Promise<StepGround> {
  const chosen = await chosenConnection(tx, of);
  const connectionId = chosen?.id ?? null;
  const [evidence] = await newestEvidence(tx, [{ ...of, connectionId }]);
  return {
    facts: {
      // A tenant cannot be added without its name and external id.
      identified: true,
      credential: chosen !== null && chosen.credential !== 'missing',
      tasks: evidence === undefined ? {} : statusesAt(evidence, now),
    },
    chosenId: connectionId,
  };
}

/** As the gate chooses: the named one, else the default, else the single one. */
async function chosenConnection(tx: WorkspaceTransaction, { tenantId, connectionId }: TasksOf) {
  const rows = await tx.query
    .select({
      id: connections.id,
      credential: connections.credential,
      isDefault: connections.isDefault,
    })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, tx.workspaceId),
        eq(connections.tenantId, tenantId),
        eq(connections.provider, 'graph'),
      ),
    )
    .orderBy(desc(connections.isDefault), asc(connections.id))
    .limit(200);
  if (connectionId !== null) return rows.find(({ id }) => id === connectionId) ?? null;
  const [first] = rows;
  return first !== undefined && (first.isDefault || rows.length === 1) ? first : null;
}
