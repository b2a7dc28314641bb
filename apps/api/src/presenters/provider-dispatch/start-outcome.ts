import type { ProviderStartOutcome } from '@signalbox/contracts/provider-dispatch/start-outcome';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { groupSelections } from '@signalbox/domain/inventory/group-selection';
import { operationRule } from '@signalbox/domain/operation/registry';
import { type DecidedOutcome, presentStartOutcome } from '../gate/start-outcome.ts';
import { presentProviderSteps } from './next-steps.ts';
import { dispatchWords } from './run-words.ts';

/** What an answer names beside what the gate decided. */
export interface DispatchAround {
  /** The tenant, or the connection where there is none. */
  readonly subject: string;
  readonly connection: { readonly id: number; readonly label: string; readonly provider: string } | null;
  /** The new run, the active one, or the one that holds the scope. */
  readonly run: RunRecord | null;
}

/** What the gate decided, in the words of the provider-dispatch contract. */
export function presentProviderOutcome(
  decided: DecidedOutcome,
  around: DispatchAround,
  now: Date,
): ProviderStartOutcome {
  const { operation, principal } = decided.request;
  const said = presentStartOutcome(decided, now);
  const { connection, run } = around;
  const [verb = '', ...object] = operationRule(operation).label.split(' ');
  return {
    status: said.outcome,
    operationType: operation,
    operatorVerb: verb,
    operatorTarget: `${object.join(' ')} of ${around.subject}`,
    operatorMessage: said.message,
    shortReason: said.reason?.label ?? null,
    ...(connection !== null && {
      providerConnection: { id: connection.id, provider: connection.provider, label: connection.label },
    }),
    ...(run !== null && { run: presentRunReference(run) }),
    nextSteps: presentProviderSteps(said.nextSteps, descriptions(decided, said)),
    actions: actionsOf(around, principal),
  };
}

/** A run as the contract names it. */
export function presentRunReference(run: Pick<RunRecord, 'id' | 'status'>) {
  const { executionStatus: status } = dispatchWords(run.status);
  return { id: run.id, url: `/admin/operations/${run.id}`, status };
}

/** What helps to take a step, where more is known than its label says. */
function descriptions(
  { result, request }: DecidedOutcome,
  { missingPermissions, retryAt }: ReturnType<typeof presentStartOutcome>,
): Record<string, string | undefined> {
  const reason = result.verdict.kind === 'blocked' ? result.verdict.reason : null;
  return {
    grant_permissions: missingPermissions && `Missing: ${missingPermissions.join(', ')}.`,
    try_again_later: retryAt && `From ${retryAt} on.`,
    choose_connection: 'Its id goes into `providerConnectionId`.',
    correct_input: reason === 'selection_unknown' ? `Known: ${groupSelections.join(', ')}.` : undefined,
    run_preview: request.operation === 'restore_execute' ? 'A restore takes a fresh preview.' : undefined,
  };
}

/** Pages of the console this caller may open. */
function actionsOf(
  { connection, run }: DispatchAround,
  principal: Principal,
): NonNullable<ProviderStartOutcome['actions']> {
  const base = `/w/${principal.workspaceId}`;
  return [
    ...(run !== null && holds(principal, 'run.read')
      ? [{ label: `Run ${run.id}`, href: `${base}/runs/${run.id}`, kind: 'run' }]
      : []),
    ...(connection !== null && holds(principal, 'connection.read')
      ? [{ label: connection.label, href: `${base}/connections/${connection.id}`, kind: 'connection' }]
      : []),
  ];
}
