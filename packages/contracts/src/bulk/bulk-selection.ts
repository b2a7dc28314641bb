import { bulkActions, largestBulk, reasonRequired } from '@signalbox/domain/plan/bulk-action';
import { z } from 'zod';
import { runFilterFields } from '../run/run-filter.ts';
import { entityId } from '../shape/ids.ts';

/** What is asked of every chosen run. */
export const bulkAction = z.enum(bulkActions).meta({ id: 'BulkActionKind' });

/** The runs a bulk action is about: exactly one of the two. */
export const bulkSelection = z
  .strictObject({
    runIds: z
      .array(entityId)
      .min(1)
      .max(largestBulk)
      .optional()
      .meta({ description: 'These runs, each named once or more' }),
    filter: z
      .strictObject(runFilterFields)
      .optional()
      .meta({ description: 'Every run that matches: the fields that the list of runs takes in its query' }),
  })
  .refine(({ runIds, filter }) => (runIds === undefined) !== (filter === undefined), {
    error: 'must hold either `runIds` or `filter`',
  })
  .meta({ id: 'BulkSelection' });
export type GivenSelection = z.output<typeof bulkSelection>;

/** Whether a reason is missing that the action requires. */
export function lacksReason(input: {
  readonly action: z.output<typeof bulkAction>;
  readonly reason?: string | undefined;
}): boolean {
  return reasonRequired(input.action) && input.reason === undefined;
}
