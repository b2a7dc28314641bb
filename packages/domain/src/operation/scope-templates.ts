import { operationNames, operationRule } from './registry.ts';

/** What a batch holds of each connection it uses. */
export const connectionScope = 'c:{connection}';

/** Every scope that something may hold of a connection, before tenant and connection are filled in. */
export const connectionScopes: readonly string[] = [
  ...new Set([...operationNames.flatMap((name) => operationRule(name).scopes), connectionScope]),
].filter((template) => template.includes('{connection}'));
