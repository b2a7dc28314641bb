import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from './database.ts';

/** Where processes tell each other which runs have new events. Payload: JSON list of {@link RunHead}. */
export const runsChannel = 'signalbox_runs';

/** Where workers hear at once that a cancel was asked for. Payload as above; heartbeats tell the same, later. */
export const cancelsChannel = 'signalbox_cancels';

/** Where the database tells of each session that ends, however it ends. Payload: its id. */
export const sessionsChannel = 'signalbox_sessions';

/** The newest event of a run: workspace, run, sequence number. Short keys, since a payload holds 8,000 bytes. */
export interface RunHead {
  readonly w: string;
  readonly r: number;
  readonly s: number;
}

/** PostgreSQL refuses a payload of 8,000 bytes; the rest is room for its own end. */
const largestPayload = 7_900;

/** Splits heads into payloads that NOTIFY takes. */
export function encodeRunHeads(heads: readonly RunHead[]): string[] {
  const payloads: string[] = [];
  let parts: string[] = [];
  let bytes = 2;
  for (const head of heads) {
    const part = JSON.stringify(head);
    const size = Buffer.byteLength(part) + 1;
    if (bytes + size > largestPayload && parts.length > 0) {
      payloads.push(`[${parts.join(',')}]`);
      parts = [];
      bytes = 2;
    }
    parts.push(part);
    bytes += size;
  }
  if (parts.length > 0) payloads.push(`[${parts.join(',')}]`);
  return payloads;
}

/** Reads a payload back; what is not a list of heads yields nothing, since anybody may notify a channel. */
export function decodeRunHeads(payload: string): RunHead[] {
  let list: unknown;
  try {
    list = JSON.parse(payload);
  } catch {
    return [];
  }
  return Array.isArray(list) ? list.filter(isRunHead) : [];
}

/** Notifies when, and only when, the transaction commits. For rare deeds: each such commit takes a global lock. */
export async function notifyOnCommit(
  tx: WorkspaceTransaction,
  channel: string,
  heads: readonly RunHead[],
): Promise<void> {
  for (const payload of encodeRunHeads(heads)) {
    await tx.query.execute(sql`select pg_notify(${channel}, ${payload})`);
  }
}

function isRunHead(value: unknown): value is RunHead {
  if (typeof value !== 'object' || value === null) return false;
  const { w, r, s } = value as Record<string, unknown>;
  return typeof w === 'string' && Number.isInteger(r) && Number.isInteger(s);
}
