import type { ProviderStartOutcome } from '@signalbox/contracts/provider-dispatch/start-outcome';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { type ReasonCode, reasonRule, stepsFor } from '@signalbox/domain/gate/reasons';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { groupSelections } from '@signalbox/domain/inventory/group-selection';
import { type OperationName, operationRule } from '@signalbox/domain/operation/registry';
import { presentSteps } from '../gate/next-steps.ts';
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
  return {
    status: said.outcome,
    ...operatorWords(operation, around.subject),
    operatorMessage: said.message,
    shortReason: said.reason?.label ?? null,
    ...presentConnection(connection),
    ...(run !== null && { run: presentRunReference(run) }),
    nextSteps: presentProviderSteps(said.nextSteps, descriptions(decided, said)),
    actions: actionsOf(around, principal),
  };
}

/** What is answered without the gate: what stands in the way, or what is under way already, as one plain sentence. */
export interface ProviderStatement {
  readonly outcome: ProviderStartOutcome['status'];
  readonly reason: ReasonCode;
  readonly message: string;
}

/** What was answered without the gate, in the same words. */
export function presentProviderStatement(
  { operation, principal, tenantId }: Pick<StartRequest, 'operation' | 'principal' | 'tenantId'>,
  { outcome, reason, message }: ProviderStatement,
  around: DispatchAround,
): ProviderStartOutcome {
  const { connection, run } = around;
  const steps = stepsFor(reason, (capability) => holds(principal, capability));
  const objects = { tenantId, operation, runId: run?.id };
  return {
    status: outcome,
    ...operatorWords(operation, around.subject),
    operatorMessage: message,
    shortReason: reasonRule(reason).label,
    ...presentConnection(connection),
    ...(run !== null && { run: presentRunReference(run) }),
    nextSteps: presentProviderSteps(presentSteps(steps, principal, objects)),
    actions: actionsOf(around, principal),
  };
}

/** The label of an operation begins with its verb. */
function operatorWords(operation: OperationName, subject: string) {
  const [operatorVerb = '', ...object] = operationRule(operation).label.split(' ');
  return { operationType: operation, operatorVerb, operatorTarget: `${object.join(' ')} of ${subject}` };
}

function presentConnection(connection: DispatchAround['connection']) {
  if (connection === null) return {};
  const { id, provider, label } = connection;
  return { providerConnection: { id, provider, label } };
}

/** A run as the contract names it. */
function presentRunReference(run: Pick<RunRecord, 'id' | 'status'>) {
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
