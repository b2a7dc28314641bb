import { type GraphProblem, graphProblemCodes } from './batch-graph.ts';

/** Everything that can keep operations from being a batch: their graph, an infra that is named and not there, or their reach. */
export const batchProblemCodes = [...graphProblemCodes, 'unknown_infra', 'too_many_servers'] as const;
export type BatchProblemCode = (typeof batchProblemCodes)[number];

export type BatchProblem = Omit<GraphProblem, 'code'> & { readonly code: BatchProblemCode };

/** Where a problem stands in a request whose operations stand at `/operations`. */
export function problemPointer({ code, index }: BatchProblem): string {
  if (index === null) return '/operations';
  const members: Partial<Record<BatchProblemCode, string>> = {
    unusable_id: '/id',
    duplicate_id: '/id',
    unknown_dependency: '/dependencies',
    self_loop: '/dependencies',
    cycle: '/dependencies',
    unknown_provider: '/provider',
    unknown_infra: '/config/infra',
    too_many_servers: '/config',
  };
  return `/operations/${index}${members[code] ?? ''}`;
}

/** Operations that work on an infra which is not there, and is not the one that is made with the batch. */
export function unknownInfras(
  operations: readonly { readonly id: string; readonly infra: string }[],
  { known, own }: { readonly known: ReadonlySet<string>; readonly own: string | null },
): BatchProblem[] {
  return operations.flatMap(({ id, infra }, index): BatchProblem[] => {
    if (known.has(infra) || infra === own) return [];
    const message = `"${id}" works on the infra ${infra}, which does not exist.`;
    return [{ code: 'unknown_infra', operations: [id], index, message }];
  });
}
