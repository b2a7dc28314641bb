import * as z from 'zod/mini';

/** What is looked for in the glossary. */
export const glossarySearch = z.object({
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(100))), undefined),
});
