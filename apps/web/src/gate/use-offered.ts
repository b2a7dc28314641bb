import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { operationRule } from '@signalbox/domain/operation/registry';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../access/session.ts';
import type { OfferedOperation } from '../operation/operation-list.ts';
import { workflowNames } from '../operation/workflow-model.ts';

/** All that can be started here: the catalogue, and behind it the workflows on infras. */
export function useOffered(operations: readonly OperationEntry[]): readonly OfferedOperation[] {
  const { data } = useQuery(meQuery());
  const held: readonly string[] = data?.current.capabilities ?? [];
  return [
    ...operations,
    ...workflowNames.map((name) => {
      const { label, description, capability } = operationRule(name);
      return { name, label, description, capability, allowed: held.includes(capability) };
    }),
  ];
}
