import type { Capability } from '@signalbox/domain/access/capabilities';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';

/** The signed-in person in the selected workspace. Roles rarely change, so the answer is kept a while. */
export function meQuery() {
  return trpc.session.me.queryOptions({}, { staleTime: 300_000 });
}

/** Whether the person holds a capability here. The server decides; this only spares them a refused click. */
export function useCan(capability: Capability): boolean {
  const { data } = useQuery(meQuery());
  return data?.current.capabilities.includes(capability) ?? false;
}
