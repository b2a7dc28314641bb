import { ExactNumber } from './exact-number.ts';
import { writeJson } from './json-text.ts';
import { labelOf } from './schema-model.ts';

/** A member of an input that differs between two inputs; null where it is not said. */
export interface InputChange {
  readonly member: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Equal for inputs that mean the same: lists name things, in whatever order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map((one) => writeJson(sorted(one))).sort();
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, sorted(member)] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** What a reader compares: a list as how many and, while there are few, which. */
function told(value: unknown): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value) && value.length > 5) {
    const some = value.slice(0, 3).map((one) => writeJson(one));
    return `${value.length} entries: ${some.join(', ')}, …`;
  }
  const text = typeof value === 'string' ? value : writeJson(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function same(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return left === right;
  return writeJson(sorted(left)) === writeJson(sorted(right));
}

/** Which members of an input were changed, added or taken out. The order of members and entries does not count. */
export function diffInputs(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): InputChange[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...members]
    .filter((member) => !same(before[member], after[member]))
    .map((member) => ({
      member,
      label: labelOf(member),
      before: told(before[member]),
      after: told(after[member]),
    }));
}
