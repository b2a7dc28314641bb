import type { Capability } from '../access/capabilities.ts';
import { type NextStepCode, nextSteps } from './next-steps.ts';

/** How urgent a reason is to the person reading it. */
export type Severity = 'info' | 'warning' | 'error';

export interface ReasonRule {
  readonly label: string;
  /** One plain sentence. */
  readonly text: string;
  readonly severity: Severity;
  /** What mends it, as one plain sentence, where the next steps alone would leave a reader guessing. */
  readonly remedy?: string;
  /** In order of usefulness. At least one needs no capability or only what every member has. */
  readonly nextSteps: readonly NextStepCode[];
}

/**
 * The one catalogue of reasons: why a start was refused, why a run waits, why it did not succeed.
 * Console, REST and events share it. Codes are append-only.
 */
export const reasons = {
  already_active: {
    label: 'Already active',
    text: 'The same work is already active, so no second run was made.',
    severity: 'info',
    nextSteps: ['open_run'],
  },
  scope_busy: {
    label: 'Scope busy',
    text: 'Another run is working on the same protected scope.',
    severity: 'warning',
    nextSteps: ['open_holder', 'cancel_holder', 'try_again_later'],
  },
  provider_connection_missing: {
    label: 'No provider connection',
    text: 'The tenant has no connection to this provider.',
    severity: 'error',
    nextSteps: ['add_connection', 'ask_manager'],
  },
  provider_connection_ambiguous: {
    label: 'Several connections',
    text: 'The tenant has several connections to this provider and none is the default.',
    severity: 'warning',
    nextSteps: ['choose_connection', 'set_default_connection'],
  },
  connection_disabled: {
    label: 'Connection disabled',
    text: 'The provider connection is disabled.',
    severity: 'error',
    remedy: 'The connection must be enabled; then run it again.',
    nextSteps: ['enable_connection', 'ask_manager'],
  },
  consent_missing: {
    label: 'Consent missing',
    text: 'An administrator of the tenant has not granted consent yet.',
    severity: 'error',
    remedy: 'An administrator of the tenant must grant consent; then run it again.',
    nextSteps: ['grant_consent', 'check_connection', 'ask_manager'],
  },
  credential_missing: {
    label: 'Credential missing',
    text: 'The provider connection has no credential.',
    severity: 'error',
    remedy: 'Give the connection a credential, then run it again.',
    nextSteps: ['renew_credential', 'ask_manager'],
  },
  credential_invalid: {
    label: 'Credential refused',
    text: 'The provider did not accept the credential of the connection.',
    severity: 'error',
    remedy: 'Renew the credential of the connection, check the connection, then run it again.',
    nextSteps: ['renew_credential', 'check_connection', 'ask_manager'],
  },
  credential_expired: {
    label: 'Credential expired',
    text: 'The credential of the provider connection has expired.',
    severity: 'error',
    remedy: 'Renew the credential of the connection, then run it again.',
    nextSteps: ['renew_credential', 'ask_manager'],
  },
  permission_missing: {
    label: 'Permission missing',
    text: 'The connection has not been granted a permission that this operation needs.',
    severity: 'error',
    remedy: 'Grant the missing permission, check the connection, then run it again.',
    nextSteps: ['grant_permissions', 'check_connection', 'ask_manager'],
  },
  tenant_mismatch: {
    label: 'Another tenant',
    text: 'The connection reaches another tenant at the provider than the one that is meant.',
    severity: 'error',
    remedy:
      'Grant consent in the right tenant, or add a connection for the other one; then check the connection.',
    nextSteps: ['grant_consent', 'check_connection', 'ask_manager'],
  },
  connection_unchecked: {
    label: 'Never checked',
    text: 'Nobody has checked the connection since its credential was given.',
    severity: 'info',
    nextSteps: ['check_connection', 'ask_manager'],
  },
  throttled: {
    label: 'Throttled by the provider',
    text: 'The provider has asked us to wait before the next request.',
    severity: 'warning',
    nextSteps: ['try_again_later', 'open_connection'],
  },
  quota_exceeded: {
    label: 'Quota used up',
    text: 'The workspace has used all runs of this period.',
    severity: 'error',
    nextSteps: ['upgrade_tier', 'view_usage'],
  },
  target_missing: {
    label: 'Target missing',
    text: 'There is no object of this tenant that the operation could work on.',
    severity: 'error',
    nextSteps: ['create_backup_set', 'correct_input'],
  },
  restore_preview_missing: {
    label: 'Preview missing',
    text: 'A restore needs a succeeded preview of this tenant, and there is none.',
    severity: 'error',
    nextSteps: ['run_preview', 'correct_input'],
  },
  preview_stale: {
    label: 'Preview out of date',
    text: 'The tenant or the backup set has changed since the preview, so nothing was written.',
    severity: 'error',
    remedy: 'Run a new preview and restore from that one.',
    nextSteps: ['run_preview', 'correct_input'],
  },
  selection_unknown: {
    label: 'Selection unknown',
    text: 'There is no selection of groups by this key.',
    severity: 'error',
    nextSteps: ['correct_input'],
  },
  session_locked: {
    label: 'Being edited',
    text: 'Somebody else is editing the onboarding of this tenant.',
    severity: 'warning',
    nextSteps: ['open_onboarding', 'take_over_onboarding', 'try_again_later'],
  },
  session_closed: {
    label: 'Onboarding over',
    text: 'This onboarding was completed or abandoned, so nothing more is started from it.',
    severity: 'error',
    nextSteps: ['open_onboarding'],
  },
  step_not_ready: {
    label: 'Step not ready',
    text: 'A step before this one has a task that is not done or has failed.',
    severity: 'warning',
    nextSteps: ['open_onboarding'],
  },
  not_verified: {
    label: 'Not verified',
    text: 'Nobody has verified this yet.',
    severity: 'info',
    nextSteps: ['open_onboarding'],
  },
  evidence_stale: {
    label: 'Evidence out of date',
    text: 'This was last verified more than 24 hours ago.',
    severity: 'warning',
    remedy: 'Verify it again.',
    nextSteps: ['open_onboarding'],
  },
  earlier_failed: {
    label: 'Earlier work failed',
    text: 'An operation before this one did not succeed, so this one was not started.',
    severity: 'warning',
    remedy: 'Mend what failed, then start the rest again.',
    nextSteps: ['open_onboarding', 'open_this_run', 'ask_manager'],
  },
  bootstrap_under_way: {
    label: 'Bootstrap under way',
    text: 'Another bootstrap of this tenant is under way, so no second one was started.',
    severity: 'warning',
    nextSteps: ['open_onboarding', 'try_again_later'],
  },
  nothing_to_retry: {
    label: 'Nothing to retry',
    text: 'The run has no failed items.',
    severity: 'info',
    nextSteps: ['replay', 'open_run'],
  },
  approval_required: {
    label: 'Approval required',
    text: 'A member must approve before this run may go on.',
    severity: 'warning',
    nextSteps: ['open_run'],
  },
  waiting_for_worker: {
    label: 'Waiting for a worker',
    text: 'The run is admitted and starts as soon as a worker is free.',
    severity: 'info',
    nextSteps: ['open_run'],
  },
  waiting_to_retry: {
    label: 'Waiting to retry',
    text: 'The last attempt failed in a way that may pass; the run goes on by itself.',
    severity: 'warning',
    nextSteps: ['open_run'],
  },
  items_failed: {
    label: 'Items failed',
    text: 'Some items failed; the others kept their results.',
    severity: 'error',
    nextSteps: ['retry_failed_items', 'open_run'],
  },
  cancelled: {
    label: 'Cancelled',
    text: 'A member cancelled the run before all its work was done.',
    severity: 'warning',
    nextSteps: ['replay', 'open_run'],
  },
  poison: {
    label: 'Worker lost repeatedly',
    text: 'Several workers stopped while working on this run, so it was ended and its scope freed.',
    severity: 'error',
    remedy: 'Find out why the workers stopped before it is run again.',
    nextSteps: ['replay', 'ask_manager'],
  },
  outcome_unknown: {
    label: 'Outcome unknown',
    text: 'A worker stopped between asking the provider for a change and recording it, and repeating it is not safe.',
    severity: 'error',
    remedy: 'Look at the provider whether the change is there before it is run again.',
    nextSteps: ['replay', 'ask_manager'],
  },
  provider_unavailable: {
    label: 'Provider unavailable',
    text: 'The provider did not answer, also after several tries.',
    severity: 'error',
    remedy: 'Run it again when the provider answers.',
    nextSteps: ['replay', 'check_connection', 'try_again_later'],
  },
  provider_refused: {
    label: 'Provider refused',
    text: 'The provider refused a request of this run.',
    severity: 'error',
    nextSteps: ['open_connection', 'replay', 'ask_manager'],
  },
  conflict: {
    label: 'Conflict',
    text: 'The live object cannot be overwritten safely.',
    severity: 'error',
    nextSteps: ['retry_failed_items', 'run_preview', 'open_run'],
  },
  not_found: {
    label: 'Object gone',
    text: 'The object no longer exists at the provider.',
    severity: 'error',
    nextSteps: ['open_run', 'correct_input'],
  },
  internal: {
    label: 'Internal error',
    text: 'Something went wrong inside Signalbox; the details are in the log of the worker.',
    severity: 'error',
    nextSteps: ['replay', 'ask_manager'],
  },
  member_removed: {
    label: 'Member removed',
    text: 'The member who asked for this no longer belongs to the workspace.',
    severity: 'error',
    nextSteps: ['open_this_run', 'ask_manager'],
  },
  key_revoked: {
    label: 'API key ended',
    text: 'The API key that asked for this has been revoked or has expired.',
    severity: 'error',
    nextSteps: ['open_this_run', 'ask_manager'],
  },
  capability_missing: {
    label: 'Capability missing',
    text: 'Whoever asked for this no longer holds a capability that it needs.',
    severity: 'error',
    nextSteps: ['open_this_run', 'ask_manager'],
  },
  entitlement_missing: {
    label: 'Out of reach',
    text: 'Whoever asked for this may no longer see what the run worked on, or it is gone.',
    severity: 'error',
    nextSteps: ['ask_manager'],
  },
  tool_missing: {
    label: 'Program missing',
    text: 'A program that this work needs is not installed where the workers run.',
    severity: 'error',
    remedy: 'Whoever runs the workers must install the program and start them again; then run it again.',
    nextSteps: ['replay', 'ask_manager', 'try_again_later'],
  },
  script_failed: {
    label: 'Script failed',
    text: 'A script on a server did not end as it should.',
    severity: 'error',
    remedy: 'The log of the run has what the script said.',
    nextSteps: ['open_this_run', 'replay', 'ask_manager'],
  },
} as const satisfies Record<string, ReasonRule>;

export type ReasonCode = keyof typeof reasons;
export const reasonCodes = Object.keys(reasons) as ReasonCode[];

export function reasonRule(code: ReasonCode): ReasonRule {
  return reasons[code];
}

/** The next steps of a reason that this caller can really take. */
export function stepsFor(code: ReasonCode, holds: (capability: Capability) => boolean): NextStepCode[] {
  return reasonRule(code).nextSteps.filter((step) => {
    const needed = nextSteps[step].capability;
    return needed === null || holds(needed);
  });
}
