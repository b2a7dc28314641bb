import type { Operation } from './operation.ts';

/** The operations a worker can run, by name. */
export type Catalogue = ReadonlyMap<string, Operation>;

/** @throws Error when two operations have one name */
export function createCatalogue(operations: readonly Operation[]): Catalogue {
  const catalogue = new Map(operations.map((operation) => [operation.name, operation]));
  if (catalogue.size < operations.length) throw new Error('Two operations have the same name.');
  return catalogue;
}
