import * as z from 'zod/mini';
import { numericId } from './numeric-id.ts';

/** An id in a search string; anything that cannot be one counts as not said. */
export const idSearch = z.catch(
  z.optional(z.string().check(z.refine((text) => numericId(text) !== null))),
  undefined,
);

/** A list in the URL that may be narrowed to one tenant. */
export const tenantSearch = z.object({ tenant: idSearch });
