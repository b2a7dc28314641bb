import { memberOf } from '../http/safe-code.ts';
import type { Reach } from '../servers/address.ts';
import type { CloudServer } from '../servers/cloud.ts';
import { list, readServer } from './read-server.ts';
import type { UpcloudClient } from './upcloud-client.ts';

/** The greatest page the service gives. */
const pageSize = 100;

/**
 * Servers that bear all of the labels, in all pages. A summary has no address; who needs one asks for the server.
 * Stops when a page brings nothing new, so that a service that ignores the offset is read once and not for ever.
 */
export async function listServers(
  client: UpcloudClient,
  wanted: { readonly labels: Readonly<Record<string, string>>; readonly reach: Reach },
  signal: AbortSignal,
): Promise<CloudServer[]> {
  const labels = Object.entries(wanted.labels).map(([key, value]) => ['label', `${key}=${value}`] as const);
  const found = new Map<string, CloudServer>();
  for (let offset = 0; ; offset += pageSize) {
    const query = [...labels, ['limit', String(pageSize)], ['offset', String(offset)]] as const;
    const body = await client({ method: 'GET', path: 'server', query }, signal);
    const page = list(memberOf(memberOf(body, 'servers'), 'server'));
    const before = found.size;
    for (const each of page) {
      const server = readServer(each, wanted.reach);
      if (server !== null) found.set(server.externalId, server);
    }
    if (page.length < pageSize || found.size === before) return [...found.values()];
  }
}
