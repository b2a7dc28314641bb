import { previewBatchContract } from '@signalbox/contracts/provisioning/preview-batch';
import { judgeBatch } from '@signalbox/db/queries/provisioning/judge-batch';
import { knownInfras } from '@signalbox/db/queries/provisioning/known-infras';
import { isServerProvider } from '@signalbox/domain/connection/providers';
import { checkBatchGraph } from '@signalbox/domain/provisioning/batch-graph';
import { operationOfType } from '@signalbox/domain/provisioning/batch-operation';
import { unknownInfras } from '@signalbox/domain/provisioning/batch-problem';
import { batchWork, checkBatchReach, infraOf } from '@signalbox/domain/provisioning/batch-work';
import { memberProcedure } from '../../access/procedures.ts';
import { presentBatchPreview } from '../../presenters/provisioning/batch-preview.ts';
import { wellFormed } from '../../trpc.ts';
import { ownInfra } from './start-batch.ts';

/** What a batch would come to: the same judgements as of a real one, and nothing is written. */
export const previewBatch = memberProcedure('infra.read')
  .meta(previewBatchContract.meta)
  .use(wellFormed)
  .input(previewBatchContract.input)
  .output(previewBatchContract.output)
  .mutation(({ ctx, input }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const { principal, requestId } = ctx;
      const { name, operations } = input;
      const graph = checkBatchGraph(operations);
      const reach = graph.length > 0 ? [] : checkBatchReach(name, operations);
      const infras = [...new Set(operations.map((operation) => infraOf(name, operation)))];
      const known = await knownInfras(tx, infras);
      const named = operations.map((operation) => ({ id: operation.id, infra: infraOf(name, operation) }));
      const unknown = unknownInfras(named, { known, own: ownInfra(input) });
      const kinds = operations.map((operation) => ({
        operation: operationOfType[operation.type],
        provider: isServerProvider(operation.provider) ? operation.provider : null,
        infra: infraOf(name, operation),
      }));
      const askable = kinds.flatMap(({ provider, ...kind }) =>
        provider === null ? [] : [{ ...kind, provider }],
      );
      const tooMany = graph.some(({ code }) => code === 'too_many_operations');
      const judged = tooMany ? null : await judgeBatch(tx, { principal, works: askable, requestId });
      return presentBatchPreview({
        parallelLimit: input.parallelLimit,
        operations,
        works: graph.length + reach.length === 0 ? batchWork(name, operations) : null,
        problems: [...graph, ...reach, ...unknown],
        infras: infras.map((infra) => ({ name: infra, exists: known.has(infra) })),
        decided: kinds.map(({ provider, ...kind }) =>
          judged === null || provider === null ? null : judged({ ...kind, provider }),
        ),
        infraOf: (operation) => infraOf(name, operation),
      });
    }),
  );
