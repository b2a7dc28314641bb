import * as z from 'zod/mini';

/** The list of infras in the URL. */
export const infrasSearch = z.object({
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
  /** Which dialog is open. */
  open: z.catch(z.optional(z.enum(['new'])), undefined),
});
