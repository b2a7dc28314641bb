/** Which list each entry of the tab's history showed. */
const visits = new Map<number, string>();

/**
 * Whether an entry of the history shows this list for the first time. Coming back to it, by Back or from a run, must
 * find the rows where they were; going to it anew must find the newest.
 */
export function isNewVisit(entry: number, list: string): boolean {
  const isNew = visits.get(entry) !== list;
  visits.set(entry, list);
  return isNew;
}
