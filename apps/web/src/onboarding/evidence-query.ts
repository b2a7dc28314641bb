import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api } from '../client/api.ts';
import type { WizardSearch } from './wizard-search.ts';

export type EvidenceChoice = NonNullable<WizardSearch['evidence']>;

/** All questions about evidence. */
export const evidenceKey = ['onboarding-evidence'] as const;

interface EvidenceAsk {
  readonly tenantId: number;
  readonly chosen: EvidenceChoice;
  readonly refetchInterval: number | false;
}

/** What was observed about a tenant, page by page, the newest first. */
export function evidenceQuery({ tenantId, chosen, refetchInterval }: EvidenceAsk) {
  return infiniteQueryOptions({
    queryKey: [...evidenceKey, tenantId, chosen],
    queryFn: ({ pageParam, signal }) =>
      api.onboarding.evidence.query(
        {
          tenantId,
          limit: 50,
          ...(chosen !== 'all' && { task: chosen }),
          ...(pageParam !== '' && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
