import { batchItemStatuses } from '@signalbox/domain/provisioning/batch-operation';
import * as z from 'zod/mini';
import { documentFormats } from './document-formats.ts';
import { groupPattern } from './group-pattern.ts';

const operation = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(100))), undefined);
const group = z.catch(z.optional(z.string().check(z.regex(groupPattern))), undefined);
const chain = z.catch(z.optional(z.enum(['off'])), undefined);

/** A batch in the URL: what of it is shown. */
export const batchSearch = z.object({
  /** The operation that is chosen, by its id. */
  op: operation,
  /** Operations that stand so. */
  status: z.catch(z.optional(z.enum(batchItemStatuses)), undefined),
  /** A group of operations, where the picture has folded them. */
  group,
  /** Whether the chain that decides the duration is left unmarked. */
  chain,
});

/** The editor in the URL. The document itself stays in the tab: it is far too long for an address. */
export const newBatchSearch = z.object({
  format: z.catch(z.optional(z.enum(documentFormats)), undefined),
  /** Position of the operation whose form is open, from 1. */
  op: z.catch(z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000))), undefined),
  group,
  chain,
});
