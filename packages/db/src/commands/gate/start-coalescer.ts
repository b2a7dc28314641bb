import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { isTransient } from '../../client/transient.ts';
import type { StartResult } from './start-runs.ts';

/** Hands a list of starts of one workspace to the gate; see `startRuns`. */
export type StartBatch = (workspaceId: string, requests: readonly StartRequest[]) => Promise<StartResult[]>;

/** Starts one thing; resolves when the transaction that decided it has committed. */
export type StartOne = (request: StartRequest) => Promise<StartResult>;

interface Waiter {
  readonly request: StartRequest;
  readonly resolve: (result: StartResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Line {
  readonly waiting: Waiter[];
  inFlight: number;
}

/** Starts that share one transaction at most. */
export const largestBatch = 100;

/** Batches of one workspace at a time: one commits while the next loads its facts. */
const mostInFlight = 2;

/**
 * Lets starts that arrive while a batch commits share the next one, so that a crowd pays for few commits. There is no
 * timer: a start that arrives alone goes at once. A batch that fails is tried again one start at a time, so that
 * nobody is refused for somebody else's start; when the database is away, all of them hear so at once.
 */
export function coalesceStarts(startBatch: StartBatch): StartOne {
  const lines = new Map<string, Line>();

  async function settleSingly(workspaceId: string, batch: readonly Waiter[]): Promise<void> {
    for (const waiter of batch) {
      try {
        settle([waiter], await startBatch(workspaceId, [waiter.request]));
      } catch (error) {
        waiter.reject(error);
      }
    }
  }

  async function run(workspaceId: string, batch: readonly Waiter[]): Promise<void> {
    try {
      settle(
        batch,
        await startBatch(
          workspaceId,
          batch.map((waiter) => waiter.request),
        ),
      );
    } catch (error) {
      const hopeless = batch.length === 1 || isTransient(error);
      if (!hopeless) await settleSingly(workspaceId, batch);
      else for (const waiter of batch) waiter.reject(error);
    }
  }

  function advance(workspaceId: string, line: Line): void {
    while (line.inFlight < mostInFlight && line.waiting.length > 0) {
      line.inFlight += 1;
      void run(workspaceId, takeBatch(line.waiting)).finally(() => {
        line.inFlight -= 1;
        // After whoever was waiting has had its turn: what they start next shares the next commit.
        setImmediate(() => advance(workspaceId, line));
      });
    }
    if (line.inFlight === 0 && lines.get(workspaceId) === line) lines.delete(workspaceId);
  }

  return (request) =>
    new Promise((resolve, reject) => {
      const { workspaceId } = request.principal;
      const line = lines.get(workspaceId) ?? { waiting: [], inFlight: 0 };
      lines.set(workspaceId, line);
      line.waiting.push({ request, resolve, reject });
      advance(workspaceId, line);
    });
}

/**
 * Takes the next starts in order. Two with the same Idempotency-Key never share a batch: the second must see the
 * answer that was kept for the first.
 */
function takeBatch(waiting: Waiter[]): Waiter[] {
  const batch: Waiter[] = [];
  const later: Waiter[] = [];
  const keys = new Set<string>();
  while (waiting.length > 0 && batch.length < largestBatch) {
    const waiter = waiting.shift() as Waiter;
    const key = keyOf(waiter.request);
    if (key !== null && keys.has(key)) later.push(waiter);
    else {
      if (key !== null) keys.add(key);
      batch.push(waiter);
    }
  }
  waiting.unshift(...later);
  return batch;
}

function keyOf({ principal, idempotency }: StartRequest): string | null {
  return idempotency === null ? null : JSON.stringify([principal.userId, idempotency.route, idempotency.key]);
}

function settle(batch: readonly Waiter[], results: readonly StartResult[]): void {
  for (const [index, waiter] of batch.entries()) {
    const result = results[index];
    if (result === undefined) waiter.reject(new Error('The gate gave no answer.'));
    else waiter.resolve(result);
  }
}
