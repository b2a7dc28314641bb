/** Members that name things of one tenant: they have a picker, and mean nothing for another tenant. */
export const boundMembers = ['backupSetId', 'previewRunId', 'policyIds', 'itemIds'] as const;

/** What of an input holds for any tenant. */
export function withoutBound(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).filter(([name]) => !boundMembers.some((bound) => bound === name)),
  );
}
