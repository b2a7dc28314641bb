import * as z from 'zod/mini';
import { idSearch } from '../ui/tenant-search.ts';

/** The start form in the URL: which operation, on which tenant, over which connection, from which object. */
export const startSearch = z.object({
  operation: z.catch(z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_.]{0,99}$/))), undefined),
  tenant: idSearch,
  connection: idSearch,
  set: idSearch,
  preview: idSearch,
});
export type StartSearch = z.infer<typeof startSearch>;
