import * as z from 'zod/mini';
import { idSearch } from '../ui/tenant-search.ts';

/** The list of connections in the URL. Other pages link here with these names. */
export const connectionsSearch = z.object({
  tenant: idSearch,
  /** `unhealthy`: those that do not work as they are, or that nobody has checked. */
  only: z.catch(z.optional(z.enum(['unhealthy'])), undefined),
});
