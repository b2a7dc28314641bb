import { namePattern } from '@signalbox/domain/provisioning/names';
import * as z from 'zod/mini';
import { idSearch } from '../ui/tenant-search.ts';

/** The longest input a link carries, in characters after escaping; sign-in must lead back to the whole of it. */
export const longestInput = 1_500;

const text = z.string();

/**
 * The start form in the URL: which operation, on which tenant, over which connection, from which object, and what was
 * typed. `replay` names an ended run to run again.
 */
export const startSearch = z.object({
  operation: z.catch(z.optional(text.check(z.regex(/^[a-z][a-z0-9_.]{0,99}$/))), undefined),
  tenant: idSearch,
  connection: idSearch,
  set: idSearch,
  preview: idSearch,
  /** The infra that provisioning works on, by its name. */
  infra: z.catch(z.optional(text.check(z.regex(namePattern))), undefined),
  /** The task service, or the type of the clusters. */
  thing: z.catch(z.optional(text.check(z.regex(namePattern))), undefined),
  /** Whether it only plans. */
  check: z.catch(z.optional(z.literal('on')), undefined),
  replay: idSearch,
  /** The input as JSON, as it was typed; it need not be valid. */
  input: z.catch(z.optional(text.check(z.maxLength(longestInput))), undefined),
  /** Names an input that is too long for a link and is kept with this tab. */
  draft: z.catch(z.optional(text.check(z.regex(/^[0-9a-f]{1,16}$/))), undefined),
  view: z.catch(z.optional(z.literal('json')), undefined),
});
export type StartSearch = z.infer<typeof startSearch>;

/** What the form is for. What was typed for one place is not for another. */
export function placeOf({ operation, tenant, set, preview, replay }: StartSearch): string {
  return [operation, tenant, set, preview, replay].join(' ');
}
