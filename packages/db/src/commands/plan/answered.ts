import { describeStart } from '@signalbox/domain/gate/describe-start';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { operationRule } from '@signalbox/domain/operation/registry';
import { afterVerdict } from '@signalbox/domain/plan/plan-item';
import type { StartResult } from '../gate/start-runs.ts';
import type { SettledItem } from './settle-items.ts';
import { outOfReach, refused } from './tried.ts';

/** How an item goes on after the gate's answer to its start. */
export function answered(
  itemId: number,
  request: Pick<StartRequest, 'operation'>,
  result: StartResult | undefined,
): SettledItem {
  if (result === undefined) throw new Error('The gate gave fewer answers than it was asked.');
  if (result.kind !== 'decided') {
    const tried = result.kind === 'forbidden' ? refused('capability_missing') : outOfReach;
    return { itemId, connectionId: null, ...tried };
  }
  const { verdict, run } = result;
  return {
    itemId,
    move: afterVerdict(verdict, run?.id ?? null),
    message: describeStart(verdict, operationRule(request.operation), false),
    connectionId: verdict.connectionId,
  };
}
