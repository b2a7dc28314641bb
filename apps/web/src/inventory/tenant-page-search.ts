import * as z from 'zod/mini';

/** Parts of the page of a tenant besides the overview. */
export const tenantParts = ['groups', 'roles', 'policies', 'compliance'] as const;
export type TenantPart = (typeof tenantParts)[number];

/** The page of a tenant in the URL: which part, and what of it. */
export const tenantPageSearch = z.object({
  /** Which part is shown; the overview when absent. */
  part: z.catch(z.optional(z.enum(tenantParts)), undefined),
  /** Part of a name, taken literally. */
  text: z.catch(
    z.optional(
      z.string().check(
        z.minLength(1),
        z.maxLength(100),
        z.refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed()),
      ),
    ),
    undefined,
  ),
  /** What a sync found gone: shown with the rest, left out, or nothing but that. Each list has its own habit. */
  removed: z.catch(z.optional(z.enum(['without', 'with', 'only'])), undefined),
  source: z.catch(z.optional(z.enum(['entra', 'intune'])), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
