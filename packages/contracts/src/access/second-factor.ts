import { z } from 'zod';
import { moment } from '../shape/time.ts';

/** The state of the caller's second factor. */
export const secondFactor = z
  .object({
    enabled: z.boolean(),
    enabledAt: moment.nullable(),
    pending: z.boolean().meta({ description: 'True while a secret was offered but not proven with a code' }),
    recoveryCodesLeft: z.int().min(0),
  })
  .meta({ id: 'SecondFactor' });
export type SecondFactor = z.infer<typeof secondFactor>;

/** Recovery codes in the only answer that ever shows them. */
export const recoveryCodes = z
  .array(z.string())
  .meta({ description: 'Ten codes, shown once. Each works once, in the place of a code.' });
