import type { Operation } from './operation.ts';

/** The operations that Signalbox brings along. */
export function builtInOperations(): readonly Operation[] {
  return [];
}
