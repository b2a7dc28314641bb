import { operationNames, operationRule } from './registry.ts';

/** Every scope that an operation holds, before tenant and connection are filled in. */
export const scopeTemplates: readonly string[] = [
  ...new Set(operationNames.flatMap((name) => operationRule(name).scopes)),
];
