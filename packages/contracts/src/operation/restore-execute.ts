import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { key } from '../shape/text.ts';
import { itemIds } from './input-parts.ts';

/** Which previewed items to write back, and to which groups their assignments go. */
export const restoreExecuteInput = z.strictObject({
  previewRunId: entityId
    .optional()
    .meta({ description: 'A succeeded preview run; left out: the newest fresh one' }),
  itemIds: itemIds.optional().meta({ description: 'Backup items; left out: all of the preview' }),
  groupMapping: z
    .record(key(200), key(200))
    .refine((mapping) => Object.keys(mapping).length <= 1_000, { error: 'must have at most 1000 entries' })
    .optional()
    .meta({ description: 'Group id at capture to group id to assign now' }),
});
