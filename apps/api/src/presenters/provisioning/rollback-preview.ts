import type { RollbackPreview } from '@signalbox/contracts/provisioning/preview-rollback';
import type { RollbackStep } from '@signalbox/domain/provisioning/rollback-plan';

/** One change as it would be undone. */
export function presentRollbackStep(step: RollbackStep): RollbackPreview['steps'][number] {
  const { change, label, because, problem, warning } = step;
  const { seq, infra, kind, name, provider } = change;
  return {
    change: seq,
    label,
    infra,
    kind,
    name,
    provider,
    ...(because !== null && { because }),
    ...(problem !== null && { problem }),
    ...(warning !== null && { warning }),
  };
}
