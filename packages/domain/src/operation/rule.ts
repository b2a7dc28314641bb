import type { Capability } from '../access/capabilities.ts';
import type { TenantProvider } from '../connection/providers.ts';
import type { RetryPolicy } from '../run/retry.ts';

/** Doors through which an operation may be started; an operation absent from a door is unknown there. */
export type Surface =
  | 'native'
  | 'admin'
  | 'tenant'
  | 'connection'
  | 'onboarding'
  | 'bootstrap'
  | 'provisioning'
  | 'servers'
  | 'runs';

/** The rules of one kind of work. Its input shape is in contracts, its steps are in the worker. */
export interface OperationRule {
  readonly name: string;
  /** Verb and object, as the console shows it. */
  readonly label: string;
  readonly description: string;
  /**
   * The provider it reaches through a connection of the tenant; `of_infra` for work whose input names a provider of
   * servers, as the settings of the infra do, and which is reached through a connection of the whole workspace; null for work that needs no connection.
   */
  readonly provider: TenantProvider | 'of_infra' | null;
  readonly capability: Capability;
  readonly surfaces: readonly Surface[];
  /**
   * Scope keys the run holds while active; `{tenant}`, `{connection}` and `{infra}` are filled in by the gate, `{infra}`
   * once for each where the target is several.
   * An empty list means that the operation excludes nobody.
   */
  readonly scopes: readonly string[];
  /** Graph application permissions the connection must have been granted. */
  readonly permissions: readonly string[];
  readonly retry: RetryPolicy;
  /** False when the operation must run although the connection is unhealthy: a check is how it becomes healthy. */
  readonly needsUsableConnection: boolean;
  /** How an accepted start begins: queued at once, or recorded until a call of its own asks it to start. */
  readonly begins: 'queued' | 'pending';
  /** True when a run counts against the workspace's monthly quota. */
  readonly countsQuota: boolean;
  /** What a missing target means: which object the gate looks for, or none. */
  readonly target:
    | 'none'
    | 'backup_set'
    | 'complete_backup_set'
    | 'restore_preview'
    | 'group_selection'
    | 'infra'
    | 'infras';
  /** The input field that narrows a run to some items, so that failed ones can be retried; null when there is none. */
  readonly itemField: 'policyIds' | 'itemIds' | null;
}
