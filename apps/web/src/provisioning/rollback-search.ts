import * as z from 'zod/mini';

/** The most operations that an address names; more are chosen on the page. */
const mostNamed = 200;
const name = /^[^\s,]{1,200}$/;

/** What is to be rolled back, in the URL: a checkpoint or operations. Other pages link here with these names. */
export const rollbackSearch = z.object({
  by: z.catch(z.optional(z.enum(['operations'])), undefined),
  checkpoint: z.catch(
    z.optional(z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i))),
    undefined,
  ),
  /** Runs by their numbers; the page names them as operations. */
  runs: z.catch(z.optional(z.string().check(z.regex(/^\d{1,15}(,\d{1,15}){0,49}$/))), undefined),
  /** Names with commas between them: the uuid of a task, or `batch uuid/operation id`. */
  operations: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(20_000))), undefined),
});
type Parsed = z.infer<typeof rollbackSearch>;
export type RollbackSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** Operations as the address names them, each once. */
export function readOperations(operations: string | undefined): string[] {
  const names = (operations ?? '').split(',').map((each) => each.trim());
  return [...new Set(names.filter((each) => name.test(each)))].slice(0, mostNamed);
}

/** What the API is asked about; null while nothing is chosen. A checkpoint goes before operations. */
export type RollbackAim = { readonly checkpointId: string } | { readonly operations: string[] };

/** Which of the two the page is about, and what of it is chosen. */
export function aimOf({ by, checkpoint, operations }: RollbackSearch): {
  readonly by: 'checkpoint' | 'operations';
  readonly aim: RollbackAim | null;
} {
  const named = readOperations(operations);
  if (by === 'operations' || (checkpoint === undefined && named.length > 0)) {
    return { by: 'operations', aim: named.length === 0 ? null : { operations: named } };
  }
  return { by: 'checkpoint', aim: checkpoint === undefined ? null : { checkpointId: checkpoint } };
}
