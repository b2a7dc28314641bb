import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import type { ItemMove } from '@signalbox/domain/plan/plan-item';

/** What trying an item came to. */
export interface Tried {
  readonly move: ItemMove;
  /** One plain sentence. */
  readonly message: string;
}

/** An item that fails without having come to the gate. */
export function refused(reason: ReasonCode): Tried {
  return { move: { status: 'failed', outcome: null, reason }, message: reasonRule(reason).text };
}

/** The run, its tenant or its connection is gone, or not for this member any more: never said which. */
export const outOfReach: Tried = refused('entitlement_missing');
