import type { previewBatchContract } from '@signalbox/contracts/provisioning/preview-batch';
import type { DecidedStart } from '@signalbox/db/commands/gate/start-runs';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { operationOfType } from '@signalbox/domain/provisioning/batch-operation';
import { type BatchProblem, problemPointer } from '@signalbox/domain/provisioning/batch-problem';
import { type BatchOperation, type BatchWork, targetsOf } from '@signalbox/domain/provisioning/batch-work';
import { peakConcurrency, waves } from '@signalbox/domain/provisioning/waves';
import type { z } from 'zod';
import { presentStartOutcome } from '../gate/start-outcome.ts';

type Preview = z.infer<typeof previewBatchContract.output>;
type PreviewedOperation = Preview['operations'][number];

/** Everything that was found out about a batch that is not made. */
export interface PreviewedBatch {
  readonly parallelLimit: number;
  readonly operations: readonly BatchOperation[];
  /** What they become; null while they make no graph. */
  readonly works: readonly BatchWork[] | null;
  readonly problems: readonly BatchProblem[];
  readonly infras: Preview['infras'];
  /** What the gate says to each; null where it was not asked. */
  readonly decided: readonly (DecidedStart | null)[];
  readonly infraOf: (operation: BatchOperation) => string;
}

/** What a batch would come to. */
export function presentBatchPreview(preview: PreviewedBatch): Preview {
  const { operations, works, problems, decided } = preview;
  const now = new Date();
  const graph = works === null ? [] : operations;
  const admitted = decided.every((each) => each?.decision.kind === 'accepted');
  return {
    startable: problems.length === 0 && admitted,
    problems: problems.map((problem) => ({
      code: problem.code,
      operations: [...problem.operations],
      pointer: problemPointer(problem),
      message: problem.message,
    })),
    waves: waves(graph),
    peakConcurrency: peakConcurrency(graph, preview.parallelLimit),
    infras: preview.infras,
    operations: operations.map((operation, index): PreviewedOperation => {
      const { id, type } = operation;
      const servers = targetsOf(works?.[index]?.input ?? {}).servers;
      return {
        ...{ id, type, operation: operationOfType[type] },
        operationLabel: operationLabel(operationOfType[type]),
        infra: preview.infraOf(operation),
        ...(type === 'taskserv_batch' && servers.length > 0 && { servers: [...servers] }),
        ...said(decided[index] ?? null, now),
      };
    }),
  };
}

function said(decided: DecidedStart | null, now: Date): Pick<PreviewedOperation, 'outcome' | 'forbidden'> {
  if (decided === null) return {};
  const { decision, start } = decided;
  switch (decision.kind) {
    case 'forbidden':
      return { forbidden: decision.capability };
    case 'accepted':
    case 'scope_busy':
    case 'blocked': {
      const result = { kind: 'decided', verdict: decision, run: null } as const;
      return { outcome: presentStartOutcome({ request: start.request, result, asked: true }, now) };
    }
    default:
      return {};
  }
}
