import * as z from 'zod/mini';

/** The list of tenants in the URL. */
export const tenantsSearch = z.object({
  /** `new`: the form that makes one. */
  open: z.catch(z.optional(z.enum(['new'])), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
