import { z } from 'zod';
import { policyIds, policyKinds } from './input-parts.ts';

/** Which policies to capture. Nothing named means all of them. */
export const snapshotCaptureInput = z.strictObject({
  policyIds: policyIds.optional().meta({ description: 'Provider ids of policies; left out: all' }),
  kinds: z.array(policyKinds).min(1).max(10).optional(),
});
