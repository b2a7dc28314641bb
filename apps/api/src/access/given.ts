import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { entityId } from '@signalbox/contracts/shape/ids';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * Reads what a caller named before the input is judged, since visibility is asked first. Anything that is no id
 * answers undefined; the operation's own schema refuses it in its turn.
 */
export function givenId(raw: unknown, name: string): number | undefined {
  const parsed = entityId.safeParse(given(raw, name));
  return parsed.success ? parsed.data : undefined;
}

/** The text a caller named, or undefined for anything else. */
export function givenText(raw: unknown, name: string): string | undefined {
  const value = given(raw, name);
  return typeof value === 'string' ? value : undefined;
}

/** Whether a member was given at all. */
export function given(raw: unknown, name: string): unknown {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, name)
    ? (raw as Record<string, unknown>)[name]
    : undefined;
}

/** The faults of an id that must be there, for the caller who holds the capability. */
export function refuseId(raw: unknown, name: string): AppError {
  const { error } = entityId.safeParse(given(raw, name));
  return new AppError({
    code: 'invalid_input',
    errors: error === undefined ? [] : toFaults(error, `/${name}`),
  });
}
