import type { OperationName } from '@signalbox/domain/operation/registry';
import type { FieldFault } from '../problem/problem.ts';
import { toFaults } from '../problem/to-faults.ts';
import { operationInputs } from './input-schemas.ts';

/** The parsed input, or the faults with their pointers below `base`. */
export type ParsedInput =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | { readonly ok: false; readonly errors: FieldFault[] };

/** Judges the input of a start by the operation's own shape (row 3 of the gate). `base` is where it stood. */
export function parseOperationInput(name: OperationName, input: unknown, base = '/input'): ParsedInput {
  const parsed = operationInputs[name].safeParse(input ?? {});
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, errors: toFaults(parsed.error, base) };
}
