import * as z from 'zod/mini';

const largestId = 2_147_483_647;
const id = z.catch(
  z.optional(
    z.string().check(
      z.regex(/^[1-9][0-9]{0,9}$/),
      z.refine((value) => Number(value) <= largestId),
    ),
  ),
  undefined,
);

/** The start form in the URL: which operation, on which tenant, over which connection, from which object. */
export const startSearch = z.object({
  operation: z.catch(z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_.]{0,99}$/))), undefined),
  tenant: id,
  connection: id,
  set: id,
  preview: id,
});
export type StartSearch = z.infer<typeof startSearch>;
