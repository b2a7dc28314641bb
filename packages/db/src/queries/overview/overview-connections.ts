import type { Principal } from '@signalbox/domain/access/principal';
import type { AttentionFacts } from '@signalbox/domain/overview/attention';
import { connectionTrouble } from '@signalbox/domain/overview/connection-trouble';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { listConnections } from '../connection/connections.ts';

/** Connections that are looked at: what the list shows on one page. */
const mostConnections = 200;

/** Connections that are not healthy, by the very query of the list, those that stop work first. */
export async function unhealthyConnections(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly now: Date; readonly most: number },
): Promise<AttentionFacts['connections']> {
  const rows = await listConnections(tx, principal, {
    only: 'unhealthy',
    after: 0,
    limit: mostConnections + 1,
  });
  const told = rows.map((row) => {
    const expired = row.credentialExpiresAt !== null && row.credentialExpiresAt <= ask.now;
    return { id: row.id, label: row.label, ...connectionTrouble({ ...row, expired }) };
  });
  const worstFirst = told.sort((a, b) => Number(b.stops) - Number(a.stops));
  const n = Math.min(rows.length, mostConnections);
  return { count: { n, more: rows.length > n }, first: worstFirst.slice(0, ask.most) };
}
