import { writeJson } from '../json-text.ts';

interface UnlistedProps {
  value: unknown;
  /** The ids in the list; undefined while it is on its way. */
  listed: readonly number[] | undefined;
}

/** What is chosen but not in the list, such as a thing that is gone: it must not look as if nothing were chosen. */
export function Unlisted({ value, listed }: UnlistedProps) {
  if (value === undefined || listed?.some((id) => id === value)) return null;
  const id = writeJson(value);
  return (
    <option value={id}>
      #{id}
      {listed === undefined ? '' : ', not in this list'}
    </option>
  );
}
