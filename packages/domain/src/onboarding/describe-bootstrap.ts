import { operationLabel } from '../gate/describe-start.ts';
import { type ReasonCode, reasonRule } from '../gate/reasons.ts';
import type { PlanItemStatus, WaitCause } from '../plan/plan-item.ts';
import type { PlanStatus } from '../plan/plan-status.ts';

/** What the words about an operation of a bootstrap are made of. */
export interface BootstrapItemFacts {
  readonly operation: string;
  readonly status: PlanItemStatus;
  /** The last answer to it. */
  readonly message: string | null;
  readonly reason: ReasonCode | null;
  readonly waitCause: WaitCause | null;
  readonly run: { readonly id: number } | null;
}

/** The operation that those behind it wait for, or because of which they were not started. */
export function standsInFront<TItem extends BootstrapItemFacts>(items: readonly TItem[]): TItem | null {
  return items.find(({ status }) => status !== 'done') ?? null;
}

/** How an operation stands, or what it waits for, as one plain sentence. `front` is the first that is not done. */
export function describeBootstrapItem(item: BootstrapItemFacts, front: BootstrapItemFacts | null): string {
  const label = operationLabel(item.operation);
  switch (item.status) {
    case 'waiting':
      if (item.waitCause !== null) return item.message ?? reasonRule(item.waitCause).text;
      return front === null || front === item
        ? `${label} is tried as soon as a worker is free.`
        : `${label} waits until ${operationLabel(front.operation)} has succeeded.`;
    case 'admitted':
      return item.message ?? `${label} is under way.`;
    case 'done':
      return `${label} has succeeded.`;
    case 'failed':
      return item.message ?? reasonRule(item.reason ?? 'internal').text;
    case 'skipped':
      return item.message ?? reasonRule('earlier_failed').text;
    case 'aborted':
      return `${label} was not started, since the bootstrap was aborted before.`;
  }
}

/** How a bootstrap stands as a whole, as one plain sentence. */
export function describeBootstrap(
  { status, abortedBy }: { readonly status: PlanStatus; readonly abortedBy: string | null },
  items: readonly BootstrapItemFacts[],
): string {
  const done = items.filter((item) => item.status === 'done').length;
  const front = standsInFront(items);
  const label = front === null ? '' : operationLabel(front.operation);
  const sum = `${done} of ${items.length} operations succeeded`;
  switch (status) {
    case 'working':
      return front?.status === 'admitted' && front.run !== null
        ? `${label} is under way as run ${front.run.id}; ${sum}.`
        : `${label} waits to be started; ${sum}.`;
    case 'completed':
      return 'All operations succeeded, so the onboarding is completed.';
    case 'failed':
      return `${label} did not succeed, so nothing behind it was started; ${sum}.`;
    case 'aborted':
      return `Aborted by ${abortedBy ?? 'a member'}; ${sum}.`;
  }
}

/** Says to those behind an operation that it did not succeed, and that they are not started because of it. */
export function becauseOf(failed: Pick<BootstrapItemFacts, 'operation' | 'run'>): string {
  const label = operationLabel(failed.operation);
  return failed.run === null
    ? `Not started, since ${label} was refused.`
    : `Not started, since ${label} (run ${failed.run.id}) did not succeed.`;
}
