import { problemOf } from '../client/problem-model.ts';

/** The faults of a form's answer, where they belong. */
export interface FieldFaults<TName extends string> {
  /** A sentence below the control, or null. */
  readonly of: Readonly<Record<TName, string | null>>;
  /** True when every fault has its control, so that nothing is left to say about the whole. */
  readonly all: boolean;
}

/** Sorts the faults of a refused input to the controls of a form by their pointers (RFC 6901). */
export function fieldFaults<TName extends string>(
  error: unknown,
  names: readonly TName[],
): FieldFaults<TName> {
  const errors = problemOf(error)?.errors ?? [];
  const told = (name: TName) => {
    const sentences = errors
      .filter(({ pointer }) => pointer === `/${name}`)
      .map(({ detail }) => sentence(detail));
    return sentences.length === 0 ? null : sentences.join(' ');
  };
  const of = Object.fromEntries(names.map((name) => [name, told(name)])) as Record<TName, string | null>;
  const own = new Set(names.map((name) => `/${name}`));
  return { of, all: errors.length > 0 && errors.every(({ pointer }) => own.has(pointer)) };
}

function sentence(detail: string): string {
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
}
