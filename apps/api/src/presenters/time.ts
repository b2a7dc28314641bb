/** A moment as every surface shows it: ISO 8601 in UTC with milliseconds. */
export function moment(at: Date): string {
  return at.toISOString();
}

/** A member that is there only when the moment is known. */
export function optionalMoment<TName extends string>(
  name: TName,
  at: Date | null,
): { [Key in TName]?: string } {
  return (at === null ? {} : { [name]: at.toISOString() }) as { [Key in TName]?: string };
}
