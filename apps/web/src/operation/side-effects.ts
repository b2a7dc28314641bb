import { isOperation, type OperationName } from '@signalbox/domain/operation/registry';

/** What doing it a second time does again, outside or to what is kept; absent where it changes nothing. */
const repeated: Partial<Record<OperationName, string>> = {
  backup_set_add_policies:
    'It captures the policies again and adds what has changed since to the backup set; items of a set are never taken out.',
  restore_execute:
    'It writes the chosen items to the tenant once more, with their assignments. It is refused as a whole when one of them has changed there since the preview.',
  deployment: 'It makes a new deployment, which counts towards the limit of the month.',
};

/** What a replay of a run of this operation repeats, as a warning; null where there is nothing to warn of. */
export function repeatedEffects(operation: string): string | null {
  return isOperation(operation) ? (repeated[operation] ?? null) : null;
}
