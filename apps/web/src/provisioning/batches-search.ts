import { batchStatuses } from '@signalbox/domain/provisioning/batch-operation';
import * as z from 'zod/mini';

/** The list of batches in the URL. Other pages link here with these names. */
export const batchesSearch = z.object({
  status: z.catch(z.optional(z.enum(batchStatuses)), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
type Parsed = z.infer<typeof batchesSearch>;
export type BatchesSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** What the list asks the API for. */
export function batchesInput({ status, cursor }: BatchesSearch) {
  return { limit: 50, ...(status !== undefined && { status }), ...(cursor !== undefined && { cursor }) };
}
