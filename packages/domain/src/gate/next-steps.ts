import type { Capability } from '../access/capabilities.ts';

/** The object a next step leads to; the presenter turns it into a link. */
export type NextStepTarget =
  | 'run'
  | 'holder'
  | 'connection'
  | 'tenant'
  | 'backup_set'
  | 'onboarding'
  | 'usage'
  | 'start'
  | 'replay'
  | 'workers'
  | 'none';

export interface NextStepRule {
  readonly label: string;
  readonly target: NextStepTarget;
  /** The capability the step needs; a caller without it is never offered the step. */
  readonly capability: Capability | null;
}

/** Everything Signalbox can advise a caller to do next. Codes are append-only. */
export const nextSteps = {
  open_run: { label: 'Open the active run', target: 'run', capability: 'run.read' },
  open_holder: { label: 'Open the run that holds the scope', target: 'holder', capability: 'run.read' },
  cancel_holder: { label: 'Cancel the run that holds the scope', target: 'holder', capability: 'run.cancel' },
  try_again_later: { label: 'Try again later', target: 'none', capability: null },
  add_connection: { label: 'Add a provider connection', target: 'tenant', capability: 'connection.manage' },
  choose_connection: { label: 'Name the provider connection to use', target: 'start', capability: null },
  set_default_connection: {
    label: 'Make one connection the default',
    target: 'tenant',
    capability: 'connection.manage',
  },
  enable_connection: {
    label: 'Enable the connection',
    target: 'connection',
    capability: 'connection.manage',
  },
  grant_consent: { label: 'Grant admin consent', target: 'connection', capability: 'connection.manage' },
  renew_credential: { label: 'Renew the credential', target: 'connection', capability: 'connection.manage' },
  grant_permissions: {
    label: 'Grant the missing permissions',
    target: 'connection',
    capability: 'connection.manage',
  },
  check_connection: {
    label: 'Check the connection again',
    target: 'connection',
    capability: 'run.start.provider.connection.check',
  },
  open_connection: { label: 'Open the connection', target: 'connection', capability: 'connection.read' },
  ask_manager: { label: 'Ask a manager of this workspace', target: 'none', capability: null },
  view_usage: { label: 'See usage and limits', target: 'usage', capability: 'workspace.read' },
  upgrade_tier: { label: 'Raise the tier', target: 'usage', capability: 'workspace.tier' },
  create_backup_set: { label: 'Create a backup set', target: 'backup_set', capability: 'backup.manage' },
  run_preview: { label: 'Run a new preview', target: 'start', capability: 'run.start.restore_preview' },
  retry_failed_items: { label: 'Retry the failed items', target: 'run', capability: 'run.retry' },
  replay: { label: 'Run it again', target: 'replay', capability: 'run.replay' },
  correct_input: { label: 'Correct the input', target: 'start', capability: null },
  open_this_run: { label: 'Open the run', target: 'run', capability: 'run.read' },
  force_cancel: { label: 'Force the cancel', target: 'run', capability: 'run.force_cancel' },
  start_worker: { label: 'Start a worker: npm run worker', target: 'workers', capability: null },
  run_restore: {
    label: 'Restore from this preview',
    target: 'start',
    capability: 'run.start.restore_execute',
  },
  open_backup_set: { label: 'Open the backup set', target: 'backup_set', capability: 'backup.read' },
  open_onboarding: {
    label: 'Open the onboarding of the tenant',
    target: 'onboarding',
    capability: 'onboarding.read',
  },
  take_over_onboarding: {
    label: 'Take over the onboarding',
    target: 'onboarding',
    capability: 'onboarding.takeover',
  },
  give_code: { label: 'Give a fresh code', target: 'none', capability: null },
  sign_in: { label: 'Sign in', target: 'none', capability: null },
} as const satisfies Record<string, NextStepRule>;

export type NextStepCode = keyof typeof nextSteps;
