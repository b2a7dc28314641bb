import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import type { RunView } from './run-view.ts';

/** The infra a run works on, and whether it only plans there; null for any other run. */
export function infraOf({ operation, input }: Pick<RunView, 'operation' | 'input'>): {
  readonly name: string;
  readonly check: boolean;
} | null {
  if (!isOperation(operation) || operationRule(operation).target !== 'infra') return null;
  return typeof input.infra === 'string' ? { name: input.infra, check: input.checkMode === true } : null;
}

/** What is happening, in one sentence. Work that only planned has left nothing behind, and says so. */
export function sentenceOf(
  run: Pick<RunView, 'operation' | 'operationLabel' | 'input' | 'status' | 'whatNext'>,
): string {
  return run.status === 'succeeded' && infraOf(run)?.check === true
    ? `${run.operationLabel}: planned. Nothing was made, changed or removed.`
    : run.whatNext.sentence;
}
