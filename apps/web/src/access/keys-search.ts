import * as z from 'zod/mini';

/** The list of API keys in the URL. */
export const keysSearch = z.object({
  /** `ended` for keys that are revoked or expired; those that work otherwise. */
  show: z.catch(z.optional(z.enum(['ended'])), undefined),
  /** The key whose capabilities are open. */
  key: z.catch(z.optional(z.string().check(z.regex(/^[0-9A-Za-z]{1,64}$/))), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
type Parsed = z.infer<typeof keysSearch>;
export type KeysSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** What the page asks the API for. */
export function keysInput({ show, cursor }: KeysSearch) {
  return {
    limit: 50,
    status: show ?? ('active' as const),
    ...(cursor !== undefined && { cursor }),
  };
}
