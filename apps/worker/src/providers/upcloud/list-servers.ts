import { memberOf } from '../http/safe-code.ts';
import type { Reach } from '../servers/address.ts';
import type { CloudServer } from '../servers/cloud.ts';
import { list, readServer } from './read-server.ts';
import type { UpcloudClient } from './upcloud-client.ts';

/** Servers asked for at once. */
const pageSize = 100;

/**
 * Servers that bear all of the labels, in all pages. A summary has no address; who needs one asks for the server.
 * Goes on until a page brings nothing new: a short page may be short because the service gives no longer ones.
 */
export async function listServers(
  client: UpcloudClient,
  wanted: { readonly labels: Readonly<Record<string, string>>; readonly reach: Reach },
  signal: AbortSignal,
): Promise<CloudServer[]> {
  const labels = Object.entries(wanted.labels).map(([key, value]) => ['label', `${key}=${value}`] as const);
  const found: CloudServer[] = [];
  const seen = new Set<unknown>();
  for (;;) {
    const query = [...labels, ['limit', String(pageSize)], ['offset', String(seen.size)]] as const;
    const body = await client({ method: 'GET', path: 'server', query }, signal);
    const before = seen.size;
    for (const each of list(memberOf(memberOf(body, 'servers'), 'server'))) {
      const uuid = memberOf(each, 'uuid');
      const server = seen.has(uuid) ? null : readServer(each, wanted.reach);
      seen.add(uuid);
      if (server !== null) found.push(server);
    }
    if (seen.size === before) return found;
  }
}
