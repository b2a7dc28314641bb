import * as z from 'zod/mini';

/** What is to be rolled back, in the URL: a checkpoint or operations. Other pages link here with these names. */
export const rollbackSearch = z.object({
  by: z.catch(z.optional(z.enum(['operations'])), undefined),
  checkpoint: z.catch(
    z.optional(z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i))),
    undefined,
  ),
  /** Runs by their numbers; the page names them as operations. */
  runs: z.catch(z.optional(z.string().check(z.regex(/^\d{1,15}(,\d{1,15}){0,49}$/))), undefined),
  /** Names with commas between them: the uuid of a task, or `batch uuid/operation id`. */
  operations: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(20_000))), undefined),
});
type Parsed = z.infer<typeof rollbackSearch>;
export type RollbackSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };
