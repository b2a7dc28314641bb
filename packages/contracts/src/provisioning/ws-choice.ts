import { type WsEventType, wsEventTypes } from './ws-events.ts';

/** Short names for what belongs together. */
const groups: Readonly<Record<string, readonly WsEventType[]>> = {
  task: ['TaskStatusChanged', 'WorkflowProgressUpdate', 'LogEntry'],
  batch: ['BatchOperationUpdate'],
  system: ['SystemHealthUpdate', 'MetricUpdate'],
};

const byName: ReadonlyMap<string, readonly WsEventType[]> = new Map([
  ...wsEventTypes.map((type) => [type, [type]] as const),
  ...Object.entries(groups),
]);

/** More names than there are things to name are no choice. */
const mostNames = 50;

/**
 * The types of event that a list of names asks for; all of them without a list. Unknown names are passed over beside a
 * known one; null when none is known, or there are more than 50.
 */
export function chosenEvents(list: string | undefined): ReadonlySet<WsEventType> | null {
  if (list === undefined) return new Set(wsEventTypes);
  const names = list.split(',', mostNames + 1);
  if (names.length > mostNames) return null;
  const chosen = new Set(names.flatMap((name) => byName.get(name.trim()) ?? []));
  return chosen.size === 0 ? null : chosen;
}
