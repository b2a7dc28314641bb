import type { Principal } from '@signalbox/domain/access/principal';
import { infraScope } from '@signalbox/domain/gate/scope';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { connectionScope } from '@signalbox/domain/operation/scope-templates';
import type { BatchWork } from '@signalbox/domain/provisioning/batch-work';
import type { WorkspaceTransaction } from '../../client/database.ts';
import type { DecidedStart } from '../../commands/gate/start-runs.ts';
import { judgePlanned } from '../gate/judge-planned.ts';

type Kind = Pick<BatchWork, 'operation' | 'provider' | 'infra'>;

/** What the gate says to an operation of a batch: the same to all of one kind. */
export type JudgedBatch = (work: Kind) => DecidedStart;

/**
 * Asks the gate about a batch: for each operation, provider and infra in it, whether it may be started now by this
 * caller, through which connection, and whether what the batch has to hold for it is free.
 */
export async function judgeBatch(
  tx: WorkspaceTransaction,
  asked: {
    readonly principal: Principal;
    readonly works: readonly Kind[];
    readonly requestId: string | null;
  },
): Promise<JudgedBatch> {
  const kinds = new Map(asked.works.map((work) => [keyOf(work), work]));
  const requests = [...kinds.values()].map((kind) => startOf(kind, asked));
  const decided = await judgePlanned(tx, requests);
  const byKind = new Map([...kinds.keys()].map((key, index) => [key, decided[index]]));
  return (work) => {
    const found = byKind.get(keyOf(work));
    if (found === undefined) throw new Error(`The gate was not asked about ${keyOf(work)}.`);
    return found;
  };
}

function keyOf({ operation, provider, infra }: Kind): string {
  return JSON.stringify([operation, provider, infra]);
}

function startOf(
  { operation, provider, infra }: Kind,
  { principal, requestId }: { readonly principal: Principal; readonly requestId: string | null },
): StartRequest {
  return {
    principal,
    operation,
    tenantId: null,
    connectionId: null,
    input: { infra, provider },
    // No single run is the same work as a batch.
    payloadHash: 'batch',
    link: null,
    idempotency: null,
    context: { surface: 'batch' },
    tags: [],
    // What the batch holds for it, not what a run would.
    scopes: [infraScope(infra), connectionScope],
    requestId,
  };
}
