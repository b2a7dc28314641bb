import type { AppRouter } from '@signalbox/api/router';
import { createTRPCClient, httpLink } from '@trpc/client';
import { expect, it } from 'vitest';
import { noteRequestId, requestIdOf } from './request-id.ts';

it('knows the request of each answer of the typed client, and of nothing else', async () => {
  let sent = 0;
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: 'http://localhost/trpc',
        fetch: async () => {
          sent += 1;
          const headers = { 'x-request-id': `req-${sent}` };
          return noteRequestId(Response.json({ result: { data: { sent } } }, { headers }));
        },
      }),
    ],
  });
  const first = await client.run.get.query({ id: 1 });
  const second = await client.run.replay.mutate({ id: 1 });
  expect([requestIdOf(first), requestIdOf(second)]).toEqual(['req-1', 'req-2']);
  expect(requestIdOf({ ...first })).toBeNull();
});
