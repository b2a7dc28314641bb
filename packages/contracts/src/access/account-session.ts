import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** A place where the caller is signed in. */
export const accountSession = z
  .object({
    id: entityId,
    current: z.boolean().meta({ description: 'True for the session of this call' }),
    kind: z.enum(['console', 'token']).meta({ description: 'A browser, or a program with bearer tokens' }),
    device: z
      .string()
      .meta({ description: 'What it runs in, as it says itself', example: 'Firefox on Linux' }),
    address: z.string().nullable().meta({ description: 'Where it was opened from' }),
    createdAt: moment,
    lastSeenAt: moment.meta({ description: 'Last use, to the minute' }),
    endsAt: moment.meta({ description: 'When it ends if it is not used again' }),
  })
  .meta({ id: 'AccountSession' });
export type AccountSession = z.infer<typeof accountSession>;
