import { skipToken, useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';

/** The operations this person started last, newest first. Nobody waits for it. */
export function useRecentOperations(): string[] {
  const mine = useQuery(
    trpc.run.list.queryOptions({ initiatedBy: 'me', limit: 50 }, { staleTime: 60_000, retry: false }),
  );
  return mine.data?.items.map(({ operation }) => operation) ?? [];
}

/** This person's last run of an operation on a tenant, for its values; undefined while there is none. */
export function useLastRun(operation: string | undefined, tenantId: number | undefined) {
  const mine = useQuery(
    trpc.run.list.queryOptions(
      operation === undefined || tenantId === undefined
        ? skipToken
        : { initiatedBy: 'me', operation, tenantId, limit: 1 },
      { staleTime: 60_000, retry: false },
    ),
  );
  return mine.data?.items[0];
}
