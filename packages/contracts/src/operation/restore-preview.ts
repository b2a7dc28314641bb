import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { itemIds } from './input-parts.ts';

/** Which items of which backup set to compare with the live objects. */
export const restorePreviewInput = z.strictObject({
  backupSetId: entityId.optional().meta({ description: 'Left out: the newest complete backup set' }),
  itemIds: itemIds.optional().meta({ description: 'Backup items; left out: all of the set' }),
});
