import type { CapturedPolicy } from '../backup/capture-policies.ts';
import type { ConnectionFinding } from '../connection/record-check.ts';
import type { Observation } from '../onboarding/record-evidence.ts';
import type { ResourceNow } from '../provisioning/change-resource.ts';
import type { UndoneChange } from '../provisioning/undo-change.ts';

/** What a run does to data beside its own record; it commits with the fenced write that carries it, or not at all. */
export type Deed =
  | {
      /** The items of the same write that are named after the policies learn which version now stands for them. */
      readonly kind: 'capture_policies';
      readonly tenantId: number;
      readonly policies: readonly CapturedPolicy[];
      /** The backup set that receives them as items; null keeps them as versions only. */
      readonly backupSetId: number | null;
    }
  | {
      readonly kind: 'record_check';
      readonly connectionId: number;
      readonly finding: ConnectionFinding;
    }
  | {
      /** Evidence for the onboarding task that the run is; once for each run. */
      readonly kind: 'record_evidence';
      readonly seen: Observation;
    }
  | {
      /** What became of a server, a task service or a cluster. */
      readonly kind: 'change_resource';
      readonly now: ResourceNow;
    }
  | {
      readonly kind: 'undo_change';
      readonly undone: UndoneChange;
    }
  | {
      readonly kind: 'set_throttled';
      readonly connectionId: number;
      /** From now, in milliseconds. */
      readonly waitMs: number;
    };
