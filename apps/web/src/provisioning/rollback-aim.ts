import type { RollbackSearch } from './rollback-search.ts';

/** The most operations that an address names. */
const mostNamed = 200;
const name = /^[^\s,]{1,200}$/;

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
