import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { policyIds } from './input-parts.ts';

/** Which policies to add to which backup set. */
export const backupSetAddPoliciesInput = z.strictObject({
  backupSetId: entityId.optional().meta({ description: 'Left out: the only backup set of the tenant' }),
  policyIds: policyIds.optional().meta({ description: 'Provider ids of policies; left out: all' }),
});
