import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, queryClient } from '../client/api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { isPaused } from '../live/live-stream.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import type { RollbackAim } from './rollback-aim.ts';

/** How long a plan is shown before it is made again although no run moved, ms. */
const againMs = 20_000;

/** What a rollback would do now, with the time of the answer; asked again when runs move, since they change infras. */
export function useRollbackPreview(aim: RollbackAim) {
  const queryKey = ['rollback-preview', aim];
  useRunHints(
    () => true,
    () => void queryClient.invalidateQueries({ queryKey }),
  );
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => ({
      ...(await api.rollback.preview.mutate(aim, { signal })),
      at: serverNow(),
    }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: () => (isPaused() ? false : againMs),
  });
  return query;
}

export type RollbackPreviewQuery = ReturnType<typeof useRollbackPreview>;
