import * as z from 'zod/mini';
import { itemStatuses, outcomeWords } from './bulk-words.ts';

const outcomes = Object.keys(outcomeWords) as (keyof typeof outcomeWords)[];

/** The receipt in the URL: which of its runs are shown. */
export const bulkSearch = z.object({
  status: z.catch(z.optional(z.enum(itemStatuses)), undefined),
  outcome: z.catch(z.optional(z.enum(outcomes)), undefined),
});
export type BulkSearch = z.infer<typeof bulkSearch>;
