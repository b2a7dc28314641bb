import * as z from 'zod/mini';
import { idSearch } from '../ui/tenant-search.ts';

/** The list of connections in the URL. Other pages link here with these names. */
export const connectionsSearch = z.object({
  tenant: idSearch,
  /** `unhealthy`: those that do not work as they are, or that nobody has checked. */
  only: z.catch(z.optional(z.enum(['unhealthy'])), undefined),
  /** `new`: the form that makes one, for the tenant of the filter where there is one; `servers`: one of the workspace. */
  open: z.catch(z.optional(z.enum(['new', 'servers'])), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
type Parsed = z.infer<typeof connectionsSearch>;
export type ConnectionsSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** What the list asks the API for. */
export function connectionsInput({ tenant, only, cursor }: ConnectionsSearch) {
  return {
    limit: 50,
    ...(tenant !== undefined && { tenantId: Number(tenant) }),
    ...(only !== undefined && { only }),
    ...(cursor !== undefined && { cursor }),
  };
}
