import { backupSetAddPoliciesInput } from '@signalbox/contracts/operation/backup-set-add-policies';
import { policyKinds } from '@signalbox/domain/backup/policy';
import { operations } from '@signalbox/domain/operation/registry';
import { performCapture } from './graph/perform-capture.ts';
import type { GraphSettings } from './graph/session.ts';
import { defineOperation, type Operation } from './operation.ts';

/** Captures the chosen policies, or all, and adds each to a backup set as an immutable item. */
export function backupSetAddPolicies(settings: GraphSettings): Operation {
  const { name, retry } = operations.backup_set_add_policies;
  return defineOperation({
    name,
    retry,
    // The start gate has filled in the set.
    parseInput: (input) => backupSetAddPoliciesInput.required({ backupSetId: true }).parse(input),
    perform: (context, { backupSetId, policyIds }) =>
      performCapture(context, settings, {
        operation: name,
        kinds: policyKinds,
        policyIds: policyIds ?? null,
        backupSetId,
      }),
  });
}
