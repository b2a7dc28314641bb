import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import type { NoWork } from '@signalbox/domain/provisioning/plan-work';
import { describeUnit, type Standing, type WorkUnit } from '@signalbox/domain/provisioning/work';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RetryPolicy } from '@signalbox/domain/run/retry';
import type { RunContext } from '../../executor/run-context.ts';
import { OperationFailure } from '../failures.ts';
import { type Change, carryOut } from './carry-out.ts';
import { checkWork } from './check-work.ts';
import { openProvisioning, type ProvisioningSettings } from './session.ts';
import { readStanding } from './standing.ts';

/** What all work on an infra is told. */
export interface InfraWork {
  readonly infra: string;
  readonly provider: ServerProviderName;
  /** Validates and plans, and writes nothing. */
  readonly checkMode: boolean;
  readonly retry: RetryPolicy;
  /** What is to be done where this stands; `region` is that of the connection. */
  plan(standing: Standing, region: string | null): WorkUnit[] | NoWork;
}

/**
 * Plans work on an infra and does it. The plan is kept with the run, so a later attempt goes on with the same one; each
 * unit is an item with a result of its own.
 */
export async function provision(
  context: RunContext,
  settings: ProvisioningSettings,
  { infra, provider, checkMode, retry, plan }: InfraWork,
): Promise<WorkResult> {
  const { connectionId } = context.run;
  if (connectionId === null) throw new Error('The run has no connection.');
  const session = openProvisioning(context, settings, infra);
  const { access } = await session.provider(connectionId);
  const units = await context.step('plan', { idempotent: true }, async () => {
    const planned = plan(await readStanding(session), access.settings.region ?? null);
    if (!('problem' in planned)) return planned;
    throw new OperationFailure({ code: 'not_found', message: planned.problem }, false);
  });
  await context.items.declare(units.map((unit) => ({ key: unit.key, label: describeUnit(unit) })));
  if (units.length === 0) await context.log('info', 'There is nothing to do.');
  const work = {
    session,
    connectionId,
    attempts: retry.attempts,
    total: units.length,
    deed: (_unit: WorkUnit, change: Change) =>
      ({ kind: 'change_resource', now: { infra, provider, connectionId, ...change } }) as const,
  };
  if (checkMode) await context.step('check', { idempotent: true }, () => nothing(checkWork(work, units)));
  else await context.step('carry out', { idempotent: true }, () => nothing(carryOut(work, units)));
  context.setOutput({ infra, provider, check: checkMode, units: units.length });
  return { kind: 'done' };
}

/** A step keeps a result; this one has none beside those of its items. */
async function nothing(work: Promise<void>): Promise<null> {
  await work;
  return null;
}
