import { operationLabel } from '../gate/describe-start.ts';
import { reasons } from '../gate/reasons.ts';
import { auditLabel, isKnownAction } from '../observability/audit-actions.ts';
import { isOperation, operationRule } from '../operation/registry.ts';
import type { RunStatus } from '../run/lifecycle.ts';
import { runPlace } from './counted-runs.ts';
import { type Place, placeOf } from './place.ts';

/** An audit entry with the names of what it is about. */
export interface ChangeFacts {
  readonly actor: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string; readonly name: string | null };
  readonly run: { readonly id: number } | null;
  /** Of the run, or of what was asked for. */
  readonly operation: string | null;
  readonly tenant: { readonly id: number; readonly name: string } | null;
  /** How a run ended. */
  readonly status: string | null;
  readonly reason: string | null;
}

/** What happened, in one sentence, and where its object is seen. */
export interface ChangeStory {
  readonly sentence: string;
  readonly place: Place | null;
}

const endings = {
  succeeded: 'succeeded',
  partial: 'ended in part',
  failed: 'failed',
  cancelled: 'was cancelled',
  rejected: 'was rejected',
  expired: 'expired',
  vetoed: 'was vetoed',
} as const satisfies Partial<Record<RunStatus, string>>;

/** What the creation of a run was: a start at once, or one that is to come. */
function beginning(operation: string | null): string {
  const pending =
    operation !== null && isOperation(operation) && operationRule(operation).begins === 'pending';
  return pending ? 'created' : 'started';
}

/** Tells an audit entry. One of a kind this version does not know is shown by its own word, never left out. */
export function describeChange(facts: ChangeFacts): ChangeStory {
  const { actor, action, object, run, tenant } = facts;
  const who = actor.name;
  const work = workText(facts);
  const about = run === null ? null : runPlace(run.id);
  switch (action) {
    case 'run.created':
      return { sentence: `${who} ${beginning(facts.operation)} ${work}.`, place: about };
    case 'run.finished':
      return { sentence: `${work} ${endingText(facts)}.`, place: about };
    case 'run.cancel_requested':
      return { sentence: `${who} asked to cancel ${work}.`, place: about };
    case 'run.cancelled':
      return { sentence: `${who} cancelled ${work}.`, place: about };
    case 'run.force_cancelled':
      return { sentence: `${who} ended ${work} by force.`, place: about };
    case 'run.cancel_too_late':
      return { sentence: `The cancel of ${work} came too late: all work was done.`, place: about };
    case 'run.start_refused':
      return {
        sentence: `${who} was refused ${work}: ${reasonLabel(facts.reason)}.`,
        place: placeOf('/refusals', {
          ...(facts.operation !== null && { operation: facts.operation }),
          ...(tenant !== null && { tenant: String(tenant.id) }),
        }),
      };
    case 'run.start_deduped':
      return {
        sentence: `${who} asked for ${work} while it was already active.`,
        place: tenant === null ? null : placeOf('/runs', { tenant: String(tenant.id) }),
      };
    case 'connection.created':
      return { sentence: `${who} added the connection ${nameOf(object)}.`, place: objectPlace(object) };
    case 'tenant.created':
      return { sentence: `${who} added the tenant ${nameOf(object)}.`, place: objectPlace(object) };
    case 'backup_set.created':
      return { sentence: `${who} created the backup set ${nameOf(object)}.`, place: objectPlace(object) };
    case 'bulk_action.created':
      return { sentence: `${who} asked for bulk action ${nameOf(object)}.`, place: objectPlace(object) };
    case 'bulk_action.aborted':
      return { sentence: `${who} stopped bulk action ${nameOf(object)}.`, place: objectPlace(object) };
    case 'workspace.renamed':
      return { sentence: `${who} renamed this workspace.`, place: placeOf('/usage') };
    case 'workspace.tier_changed':
      return { sentence: `${who} changed the tier of this workspace.`, place: placeOf('/usage') };
    case 'workspace.created':
      return { sentence: `${who} created this workspace.`, place: null };
    default:
      if (isKnownAction(action)) {
        return { sentence: `${who} ${auditLabel(action)}.`, place: about ?? objectPlace(object) };
      }
      return {
        sentence: `${who}: ${auditLabel(action)}, ${object.kind.replaceAll('_', ' ')} ${nameOf(object)}.`,
        place: about ?? objectPlace(object),
      };
  }
}

function workText({ operation, tenant, run }: ChangeFacts): string {
  const what = operation === null ? (run === null ? 'a start' : `run #${run.id}`) : operationLabel(operation);
  return tenant === null ? what : `${what} on ${tenant.name}`;
}

function endingText({ status, reason }: ChangeFacts): string {
  const known = status !== null && Object.hasOwn(endings, status);
  const ending = known ? endings[status as keyof typeof endings] : 'ended';
  return reason === null || status === 'succeeded' || status === 'cancelled'
    ? ending
    : `${ending}: ${reasonLabel(reason)}`;
}

function reasonLabel(code: string | null): string {
  if (code === null) return 'no reason was kept';
  return Object.hasOwn(reasons, code) ? reasons[code as keyof typeof reasons].label : code;
}

function nameOf({ id, name }: ChangeFacts['object']): string {
  return name ?? `#${id}`;
}

/** Only objects with a page of their own; an id that is none leads nowhere. */
function objectPlace({ kind, id }: ChangeFacts['object']): Place | null {
  if (!/^\d+$/.test(id)) return null;
  if (kind === 'connection') return placeOf(`/connections/${id}`);
  if (kind === 'bulk_action') return placeOf(`/bulk/${id}`);
  if (kind === 'backup_set') return placeOf(`/backup-sets/${id}`);
  return kind === 'tenant' ? placeOf('/connections', { tenant: id }) : null;
}
