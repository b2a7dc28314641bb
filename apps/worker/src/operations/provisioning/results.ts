import { settledItems } from '@signalbox/db/queries/run/settled-items';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkUnit } from '@signalbox/domain/provisioning/work';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { Change, Work } from './carry-out.ts';

/** The results of units, as they come. */
export interface Results {
  /** Those that have no result yet; what needs something that did not succeed is skipped here. */
  due(units: readonly WorkUnit[]): Promise<WorkUnit[]>;
  done(unit: WorkUnit, change: Change | null, detail?: JsonObject): Promise<void>;
  failed(unit: WorkUnit, error: SafeError): Promise<void>;
  /** How far a unit is that has no result yet, 0 to 1. */
  progress(unit: WorkUnit, fraction: number, message: string): Promise<void>;
}

/** Begins where earlier attempts ended. */
export async function createResults({ session, deed, total }: Work): Promise<Results> {
  const { context } = session;
  const open = new Set(context.items.open().map(({ key }) => key));
  // Saved, not only read: what was settled a moment ago is written down first.
  const settled = await context.save((tx) => settledItems(tx, context.run.id));
  const lost = new Set(settled.filter(({ outcome }) => outcome !== 'succeeded').map(({ key }) => key));
  const begun = new Map<string, number>();

  const report = (message?: string): Promise<void> => {
    const parts = [...begun].reduce((sum, [key, fraction]) => sum + (open.has(key) ? fraction : 0), 0);
    const share = total === 0 ? 1 : (total - open.size + parts) / total;
    return context.progress(Math.min(1, share), message);
  };

  const settle = async (unit: WorkUnit, result: Settled): Promise<void> => {
    const { outcome, error, detail } = result;
    open.delete(unit.key);
    if (outcome !== 'succeeded') lost.add(unit.key);
    await context.items.settle(unit.key, outcome, {
      ...(error !== undefined && { error }),
      ...(detail !== undefined && { detail }),
    });
    await report();
  };

  return {
    due: async (stretch) => {
      const due: WorkUnit[] = [];
      for (const unit of stretch) {
        if (!open.has(unit.key)) continue;
        const cause = unit.needs.find((need) => lost.has(need));
        if (cause === undefined) due.push(unit);
        else await settle(unit, { outcome: 'skipped', error: skippedBecause(cause) });
      }
      return due;
    },
    done: async (unit, change, detail) => {
      // Noted in one turn, so that both are in the same transaction.
      await Promise.all([
        ...(change === null ? [] : [context.deed(deed(unit, change))]),
        settle(unit, { outcome: 'succeeded', detail }),
      ]);
    },
    failed: async (unit, error) => {
      await settle(unit, { outcome: 'failed', error });
      await context.log('warning', error.message);
    },
    progress: async (unit, fraction, message) => {
      begun.set(unit.key, fraction);
      await report(message);
    },
  };
}

interface Settled {
  readonly outcome: 'succeeded' | 'failed' | 'skipped';
  readonly error?: SafeError | undefined;
  readonly detail?: JsonObject | undefined;
}

function skippedBecause(key: string): SafeError {
  const needed = key.slice(key.indexOf(':') + 1);
  return { code: 'earlier_failed', message: `It needs ${needed}, which did not succeed.` };
}
