import type { Json } from '@signalbox/domain/gate/canonical';
import type { ItemOutcome } from '@signalbox/domain/run/counts';
import type { StepState } from '@signalbox/domain/run/events';
import { asc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runItems, runSteps } from '../../schema/run.ts';

/** What earlier attempts left behind. */
export interface RecordedWork {
  readonly steps: readonly RecordedStep[];
  readonly items: readonly RecordedItem[];
}

export interface RecordedStep {
  readonly name: string;
  readonly position: number;
  readonly state: StepState;
  readonly result: Json | null;
}

export interface RecordedItem {
  readonly position: number;
  readonly key: string;
  readonly label: string;
  readonly outcome: ItemOutcome | null;
}

/** Reads the steps and items of a run, so that an attempt goes on where the last one stopped. */
export async function loadWork(tx: WorkspaceTransaction, runId: number): Promise<RecordedWork> {
  const steps = await tx.query
    .select({
      name: runSteps.name,
      position: runSteps.position,
      state: sql<StepState>`${runSteps.state}`,
      result: sql<Json | null>`${runSteps.result}`,
    })
    .from(runSteps)
    .where(eq(runSteps.runId, runId))
    .orderBy(asc(runSteps.position));
  const items = await tx.query
    .select({
      position: runItems.position,
      key: runItems.key,
      label: runItems.label,
      outcome: sql<ItemOutcome | null>`${runItems.outcome}`,
    })
    .from(runItems)
    .where(eq(runItems.runId, runId))
    .orderBy(asc(runItems.position));
  return { steps, items };
}
