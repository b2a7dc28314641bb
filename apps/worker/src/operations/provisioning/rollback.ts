import { rollbackInput } from '@signalbox/contracts/operation/provisioning-rollback';
import { rollbackNow } from '@signalbox/db/queries/provisioning/plan-rollback';
import { operations } from '@signalbox/domain/operation/registry';
import type { RollbackTarget } from '@signalbox/domain/provisioning/rollback-plan';
import type { WorkUnit } from '@signalbox/domain/provisioning/work';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RunContext } from '../../executor/run-context.ts';
import { OperationFailure } from '../failures.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { type Change, carryOut } from './carry-out.ts';
import { createResults } from './results.ts';
import { openProvisioning, type ProvisioningSettings } from './session.ts';

/** One change as it is undone. A type, not an interface: it is kept as JSON. */
type Step = {
  readonly seq: number;
  readonly label: string;
  readonly infra: string;
  readonly connectionId: number;
  readonly unit: WorkUnit | null;
  readonly problem: string | null;
};

/**
 * Undoes changes, the newest first. What was planned at admission must still be so when the infras are held; after that
 * the plan is kept with the run, so a later attempt goes on with the same one.
 */
export function rollback(settings: ProvisioningSettings): Operation {
  const { name, retry } = operations.provisioning_rollback;
  return defineOperation({
    name,
    retry,
    parseInput: (input) => rollbackInput.parse(input),
    perform: (context, input) => undo(context, settings, input),
  });
}

async function undo(
  context: RunContext,
  settings: ProvisioningSettings,
  { target, changes }: { readonly target: RollbackTarget; readonly changes: readonly number[] },
): Promise<WorkResult> {
  const steps = await context.step('plan', { idempotent: true }, () => plan(context, { target, changes }));
  await context.items.declare(
    steps.map(({ seq, label, infra }) => ({ key: String(seq), label: `${label} (${infra})` })),
  );
  await failImpossible(context, steps);
  await context.step('undo', { idempotent: true }, async () => {
    const all = { context, settings, total: steps.length };
    for (const stretch of together(steps)) await undoStretch(all, stretch);
    return null;
  });
  context.setOutput({ changes: steps.length });
  return { kind: 'done' };
}

async function plan(
  context: RunContext,
  { target, changes }: { readonly target: RollbackTarget; readonly changes: readonly number[] },
): Promise<Step[]> {
  const now = await context.read((tx) => rollbackNow(tx, target));
  const seqs = now === 'too_many' ? [] : now.map(({ change }) => change.seq);
  if (now === 'too_many' || seqs.join() !== changes.join()) {
    const message = 'The infras have changed since this was planned, so nothing was undone.';
    throw new OperationFailure({ code: 'conflict', message }, false);
  }
  return now.map(({ change, unit, label, problem }) => {
    const { seq, infra, connectionId } = change;
    return { seq, label, infra, connectionId, unit, problem };
  });
}

/** What cannot be undone was said before; here it is counted. */
async function failImpossible(context: RunContext, steps: readonly Step[]): Promise<void> {
  const open = new Set(context.items.open().map(({ key }) => key));
  for (const { seq, problem } of steps) {
    if (problem === null || !open.has(String(seq))) continue;
    await context.items.settle(String(seq), 'failed', { error: { code: 'conflict', message: problem } });
    await context.log('warning', problem);
  }
}

/** Steps that follow one another in one infra through one connection. */
function together(steps: readonly Step[]): Step[][] {
  const stretches: Step[][] = [];
  for (const step of steps) {
    const last = stretches.at(-1);
    const [first] = last ?? [];
    const fits = first?.infra === step.infra && first.connectionId === step.connectionId;
    if (last !== undefined && fits) last.push(step);
    else stretches.push([step]);
  }
  return stretches;
}

interface Undoing {
  readonly context: RunContext;
  readonly settings: ProvisioningSettings;
  /** Changes of the whole run. */
  readonly total: number;
}

async function undoStretch({ context, settings, total }: Undoing, steps: readonly Step[]): Promise<void> {
  const [first] = steps;
  if (first === undefined) return;
  const { infra, connectionId } = first;
  const units = steps.flatMap(({ unit }) => (unit === null ? [] : [unit]));
  const work = {
    session: openProvisioning(context, settings, infra),
    connectionId,
    attempts: operations.provisioning_rollback.retry.attempts,
    total,
    deed: ({ key }: WorkUnit, { externalId, state }: Change) =>
      ({ kind: 'undo_change', undone: { seq: Number(key), externalId, state } }) as const,
  };
  try {
    await carryOut(work, units);
  } catch (error) {
    if (!(error instanceof OperationFailure) || error.retryable) throw error;
    // What one connection refuses keeps nothing from being undone through the others.
    const results = await createResults(work);
    for (const unit of await results.due(units)) await results.failed(unit, error.safeError);
  }
}
