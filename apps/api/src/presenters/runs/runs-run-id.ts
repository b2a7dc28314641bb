/** The id of a run in the runs contract: `req-` and the 32 digits of its uuid, 12 and 20 of them. */
export function runsRunId(uid: string): string {
  const digits = uid.replaceAll('-', '').toLowerCase();
  return `req-${digits.slice(0, 12)}-${digits.slice(12)}`;
}
