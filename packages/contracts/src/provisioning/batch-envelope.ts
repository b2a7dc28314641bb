import { z } from 'zod';
import { uid } from '../shape/ids.ts';

/** What the operations on batches of the provisioning contract share. */
export const batchFacts = {
  tags: ['Batch Operations'],
  dialect: 'provisioning',
  security: 'caller',
} as const;

/** A success in the envelope of the provisioning contract; `error` is absent. */
export function envelope<TData extends z.ZodType>(data: TData) {
  return z.object({ success: z.literal(true), data });
}

/** The batch in a path. */
export const pathBatch = { batchId: uid.meta({ description: 'Batch operation ID' }) };
