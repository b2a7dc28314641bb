import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { queryClient, trpc } from '../client/api.ts';
import { useRunHints } from '../live/use-run-hints.ts';

/** Asks for infras and their runs anew soon after work of provisioning has moved. */
export function usePollInfras(): void {
  useRunHints(
    ({ operation }) => isOperation(operation) && operationRule(operation).surfaces.includes('provisioning'),
    () => {
      void queryClient.invalidateQueries({ queryKey: trpc.infra.pathKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    },
  );
}
