import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { OperationOn } from '@signalbox/domain/operation/registry';
import { api } from '../client/api.ts';

/** What the form would send, to the what-if and to the start alike. */
export interface StartBody {
  operation: OperationOn<'native'>;
  tenantId?: number;
  connectionId?: number;
  input?: Record<string, unknown>;
}

/** A replay sends the run and, where it was changed, the input. */
export interface ReplayBody {
  id: number;
  input?: Record<string, unknown>;
}

/** What a click on the button asks of the gate. */
export type StartCall =
  | { readonly kind: 'start'; readonly body: StartBody }
  | { readonly kind: 'replay'; readonly body: ReplayBody };

/** Sends a call under a key: sent again under the same key it is the same run. */
export function send(call: StartCall, idempotencyKey: string): Promise<StartOutcome> {
  const options = { context: { idempotencyKey } };
  return call.kind === 'start'
    ? api.run.start.mutate(call.body, options)
    : api.run.replay.mutate(call.body, options);
}
