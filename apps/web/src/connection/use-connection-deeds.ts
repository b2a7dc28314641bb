import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';

/** Brings everything that shows connections up to date. */
export function refreshConnections(): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.connection.pathKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.tenant.pathKey() }),
  ]);
}

/** Only a web address may take the browser away. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What can be done with a connection at one click. */
export function useConnectionDeeds(id: number) {
  const [keys] = useState(makeStartKeys);
  const check = useMutation({
    mutationFn: () =>
      api.connection.check.mutate({ id }, { context: { idempotencyKey: keys.keyOf({ id }) } }),
    onSuccess: (outcome) => {
      if (outcome.run !== undefined) keys.used({ id });
    },
    onSettled: refreshConnections,
  });
  const makeDefault = useMutation({
    mutationFn: () => api.connection.makeDefault.mutate({ id }),
    onSettled: refreshConnections,
  });
  const enable = useMutation({
    mutationFn: () => api.connection.enable.mutate({ id }),
    onSettled: refreshConnections,
  });
  const grant = useMutation({
    mutationFn: () => api.connection.requestConsent.mutate({ id }),
    onSuccess: ({ url }) => {
      if (isWebAddress(url)) location.assign(url);
    },
  });
  return {
    /** Leads to the page of the provider where an administrator grants consent. */
    grant,
    // The way is on as long as the other page has not come.
    isLeaving: grant.isPending || grant.isSuccess,
    check,
    checkNow: () => {
      if (!check.isPending) check.mutate();
    },
    makeDefault,
    enable,
  };
}

export type ConnectionDeeds = ReturnType<typeof useConnectionDeeds>;
