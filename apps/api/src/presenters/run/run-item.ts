import type { RunItem } from '@signalbox/contracts/run/list-run-items';
import type { runItemsOf } from '@signalbox/db/queries/run/run-parts';
import { itemOutcomes } from '@signalbox/domain/run/counts';
import { optionalMoment } from '../time.ts';

type Row = Awaited<ReturnType<typeof runItemsOf>>[number];

/** One unit of work with its result, if it has one yet. */
export function presentRunItem(row: Row): RunItem {
  const outcome = itemOutcomes.find((each) => each === row.outcome);
  const { detail } = row;
  return {
    position: row.position,
    key: row.key,
    label: row.label,
    ...(outcome !== undefined && { outcome }),
    ...(row.error !== null && { errorCode: row.error.code, message: row.error.message }),
    ...(isObject(detail) && { detail }),
    ...optionalMoment('finishedAt', row.finishedAt),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
