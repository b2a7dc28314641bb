import * as z from 'zod/mini';

/** One connection in the URL. Next steps and the provider's page of consent lead here with these names. */
export const connectionSearch = z.object({
  /** What is asked for in front of the page. */
  open: z.catch(z.optional(z.enum(['rotate', 'rename', 'disable'])), undefined),
  /** What came of the way to the provider's page of consent. */
  consent: z.catch(
    z.optional(z.enum(['granted', 'refused', 'failed', 'tenant_mismatch', 'not_allowed'])),
    undefined,
  ),
});
type Parsed = z.infer<typeof connectionSearch>;
export type ConnectionSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };
