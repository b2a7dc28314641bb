/** Operations whose changes a rollback can undo. */
export const undoableOperations: readonly string[] = [
  'create_servers',
  'create_taskserv',
  'delete_taskserv',
  'configure_taskserv',
  'create_cluster',
  'delete_cluster',
  'scale_cluster',
  'upgrade_cluster',
];

/** What tells where a run is rolled back. */
interface EndedRun {
  readonly operation: string;
  readonly uid: string;
  readonly status: string;
  readonly input: unknown;
}

/** Where what a run has done can be undone, or what a rollback has left standing; null where there is nothing. */
export function rollbackOf({ operation, uid, status, input }: EndedRun, ws: string): string | null {
  if (undoableOperations.includes(operation)) return `/w/${ws}/rollback?operations=${uid}`;
  return operation === 'provisioning_rollback' && status !== 'succeeded' ? rollbackAgain(input, ws) : null;
}

/** The most runs that an address names. */
const mostRuns = 50;

/**
 * Where what a rollback has left standing can be undone: the same aim again, which passes over what is undone by now.
 * Null where the input of the run does not say what it was about.
 */
export function rollbackAgain(input: unknown, ws: string): string | null {
  const target = memberOf(input, 'target');
  const checkpoint = memberOf(target, 'checkpointId');
  if (typeof checkpoint === 'string') return `/w/${ws}/rollback?checkpoint=${checkpoint}`;
  const runs = memberOf(target, 'runIds');
  if (!Array.isArray(runs) || runs.length === 0 || runs.length > mostRuns) return null;
  return `/w/${ws}/rollback?runs=${runs.join(',')}`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
