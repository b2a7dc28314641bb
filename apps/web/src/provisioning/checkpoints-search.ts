import * as z from 'zod/mini';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The list of checkpoints in the URL. */
export const checkpointsSearch = z.object({
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
  /** One or two that are chosen to be compared, in the order in which they were. */
  compare: z.catch(
    z.optional(z.string().check(z.regex(new RegExp(`^${uuid}(?:,${uuid})?$`, 'i')))),
    undefined,
  ),
  /** Whether the form for a new one is open. */
  open: z.catch(z.optional(z.enum(['new'])), undefined),
});
