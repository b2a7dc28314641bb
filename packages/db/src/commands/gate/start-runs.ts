import { randomUUIDv7 } from 'node:crypto';
import type { StartDecision } from '@signalbox/domain/gate/decide-start';
import { decideStarts } from '@signalbox/domain/gate/decide-starts';
import type { StartVerdict } from '@signalbox/domain/gate/describe-start';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { waitsAfter } from '@signalbox/domain/plan/plan-item';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { sqlState } from '../../client/retried.ts';
import { type LoadedStart, loadStartFacts } from '../../queries/gate/load-start-facts.ts';
import { type PreparedStart, prepareStart } from '../../queries/gate/prepare-start.ts';
import { runsById } from '../../queries/run/get-run.ts';
import { type RunRecord, reviveRunRecord } from '../../queries/run/run-record.ts';
import { lockSessions, renewLocks } from '../onboarding/renew-locks.ts';
import { admitRuns, keepAnswers } from './admit-runs.ts';
import { recordRefusals } from './record-refusals.ts';
import { wereAdmitted } from './were-admitted.ts';

/** What a start was answered. `run` is the new or the active run; a refusal has none. */
export type StartResult =
  | { readonly kind: 'not_found' }
  | Extract<StartDecision, { kind: 'forbidden' | 'key_reused' }>
  | { readonly kind: 'key_in_flight' }
  | { readonly kind: 'decided'; readonly verdict: StartVerdict; readonly run: RunRecord | null };

/** One start between its facts and its answer. */
export interface DecidedStart {
  readonly start: PreparedStart;
  readonly loaded: LoadedStart;
  readonly decision: StartDecision;
  /** Index of the start of the same list that stands in the way. */
  readonly behind: number | null;
}

/** Answers whose commit is still to be confirmed, and the uids of the runs it makes. */
interface Answered {
  readonly results: StartResult[];
  readonly uids: readonly string[];
}

const tries = 3;

/** Thrown inside the transaction when another one was faster, to undo it and decide again. */
class RaceLost extends Error {}

/** The gate could not settle a race in time; nothing was started. */
export class GateBusy extends Error {}

/**
 * The one door: decides a list of starts and commits those accepted, all in one transaction of one workspace.
 * The database repeats the decision by its unique keys; when it disagrees, somebody else was faster, and the
 * list is decided again on fresh facts. When the reply to the commit is lost, the runs are looked for by their uids:
 * found, the answers stand; not found, the list is decided again under the same uids, so that a commit that arrives
 * late still makes each run once. Answers stand in the order of the requests.
 * @throws GateBusy after three lost races
 */
export async function startRuns(
  db: Database,
  workspaceId: string,
  requests: readonly StartRequest[],
): Promise<StartResult[]> {
  return startAll(db, workspaceId, { requests, beside: null, waits: false });
}

/** What is done beside starts in the transaction that decides them. */
export interface BesideStarts {
  readonly requests: readonly StartRequest[];
  /** Takes the lock of what is to be started; false when nothing is to be started after all, and then nothing is. */
  claim(tx: WorkspaceTransaction): Promise<boolean>;
  /** Writes what the gate answered, request by request. */
  settle(tx: WorkspaceTransaction, results: readonly StartResult[]): Promise<void>;
}

/**
 * The same door for planned work: its items are claimed, decided and settled in one transaction, so that a run and
 * its link to the item commit together. An answer after which planned work waits is no refusal and is not kept as one.
 * @throws GateBusy after three lost races
 */
export async function startPlanned(db: Database, workspaceId: string, work: BesideStarts): Promise<void> {
  await startAll(db, workspaceId, { requests: work.requests, beside: work, waits: true });
}

/**
 * The same door for a caller's start together with a deed of its own: what is claimed, decided and written beside it
 * commits together. The caller waits for nothing, so every refusal is kept as one. No answer when the claim was refused.
 * @throws GateBusy after three lost races
 */
export async function startBeside(
  db: Database,
  workspaceId: string,
  work: BesideStarts,
): Promise<StartResult[]> {
  return startAll(db, workspaceId, { requests: work.requests, beside: work, waits: false });
}

interface Starts {
  readonly requests: readonly StartRequest[];
  readonly beside: BesideStarts | null;
  /** Whether it waits for a scope or a throttle instead of being refused. */
  readonly waits: boolean;
}

async function startAll(db: Database, workspaceId: string, starts: Starts): Promise<StartResult[]> {
  const { requests, beside } = starts;
  const uids = requests.map(() => randomUUIDv7());
  const last: { answered: Answered | null } = { answered: null };
  let replyLost = false;
  for (let attempt = 1; attempt <= tries; attempt++) {
    try {
      return await db.inWorkspace(workspaceId, async (tx) => {
        const lost = replyLost ? last.answered : null;
        if (lost !== null && (await wereAdmitted(tx, lost.uids))) return lost.results;
        if (beside !== null && !(await beside.claim(tx))) return [];
        last.answered = await decideAndCommit(tx, starts, uids);
        return last.answered.results;
      });
    } catch (error) {
      if (sqlState(error) === 'COMMIT_OUTCOME_UNKNOWN' && attempt < tries) {
        replyLost = true;
        continue;
      }
      const lockTimedOut = sqlState(error) === '55P03';
      // In a list nobody can tell which start was waited for, so its caller asks again one by one.
      if (lockTimedOut && requests.length === 1 && requests[0]?.idempotency)
        return [{ kind: 'key_in_flight' }];
      if (!(error instanceof RaceLost) && !lockTimedOut) throw error;
    }
  }
  throw new GateBusy('The start gate lost three races in a row.');
}

/** What-if: the same facts and the same decision, without the commit. */
export async function previewStart(db: Database, request: StartRequest): Promise<StartResult> {
  return db.inWorkspace(request.principal.workspaceId, async (tx) => {
    const decided = await decide(tx, [{ ...request, idempotency: null }]);
    const [answer] = await answers(tx, decided, new Map());
    if (answer === undefined) throw new Error('A start was decided without an answer.');
    return answer;
  });
}

async function decide(tx: WorkspaceTransaction, requests: readonly StartRequest[]): Promise<DecidedStart[]> {
  const prepared: PreparedStart[] = [];
  for (const request of requests) prepared.push(await prepareStart(tx, request));
  const loaded = await loadStartFacts(tx, prepared);
  const listed = prepared.map((start, index) => {
    const facts = loaded[index]?.facts;
    if (facts === undefined) throw new Error(`No facts were loaded for start ${index}.`);
    const { rule, scopes, workHash, principalKey } = start;
    const { tenantId, idempotency } = start.request;
    const keyed = idempotency && {
      key: JSON.stringify([principalKey, idempotency.route, idempotency.key]),
      bodyHash: idempotency.bodyHash,
    };
    return { rule, scopes, tenantId, workHash, keyed, facts };
  });
  const now = loaded[0]?.at ?? new Date(0);
  return decideStarts(listed, now).map(({ decision, behind }, index) => ({
    start: prepared[index] as PreparedStart,
    loaded: loaded[index] as LoadedStart,
    decision,
    behind,
  }));
}

/** Whether planned work ends with this decision instead of waiting for another. */
function isFinal({ decision }: DecidedStart): boolean {
  return !((decision.kind === 'scope_busy' || decision.kind === 'blocked') && waitsAfter(decision));
}

async function decideAndCommit(
  tx: WorkspaceTransaction,
  { requests, beside, waits }: Starts,
  uids: readonly string[],
): Promise<Answered> {
  await lockSessions(tx, requests);
  const decided = await decide(tx, requests);
  const admitted = await admitRuns(tx, decided, uids);
  if (admitted === 'race_lost') throw new RaceLost();
  await renewLocks(
    tx,
    decided
      .filter(({ decision: { kind } }) => kind === 'accepted' || kind === 'deduped')
      .map(({ start }) => start.request),
  );
  await recordRefusals(tx, waits ? decided.filter(isFinal) : decided);
  const results = await answers(tx, decided, admitted);
  const kept = await keepAnswers(tx, decided, results);
  if (kept === 'race_lost') throw new RaceLost();
  await beside?.settle(tx, results);
  return { results, uids: uids.filter((_, index) => admitted.has(index)) };
}

/** Turns decisions into answers, with the new or active run where there is one. */
async function answers(
  tx: WorkspaceTransaction,
  decided: readonly DecidedStart[],
  admitted: ReadonlyMap<number, number>,
): Promise<StartResult[]> {
  const runIdOf = (index: number): number | null => {
    const item = decided[index];
    if (item === undefined) return null;
    if (item.decision.kind === 'accepted') return admitted.get(index) ?? null;
    if (item.decision.kind === 'deduped')
      return item.behind === null ? item.decision.run.runId : runIdOf(item.behind);
    return null;
  };
  const wanted = decided.map((_, index) => runIdOf(index)).filter((id) => id !== null);
  const records = new Map((await runsById(tx, wanted)).map((record) => [record.id, record]));
  const given: StartResult[] = [];
  for (const [index, item] of decided.entries()) given.push(answer(item, index));
  return given;

  function answer(item: DecidedStart, index: number): StartResult {
    const { decision } = item;
    switch (decision.kind) {
      case 'not_found':
      case 'forbidden':
      case 'key_reused':
        return decision;
      case 'replayed':
        // The first request under the same key stands in this list, so its answer has just been given.
        return (item.behind === null ? null : given[item.behind]) ?? reviveAnswer(item.loaded.keptAnswer);
      default: {
        const runId = runIdOf(index);
        const run = runId === null ? null : (records.get(runId) ?? null);
        return { kind: 'decided', verdict: settled(item, decision, runIdOf), run };
      }
    }
  }
}

/** Fills in the run id of a start that stands behind another one of the same list. */
function settled(
  item: DecidedStart,
  decision: StartVerdict,
  runIdOf: (index: number) => number | null,
): StartVerdict {
  if (item.behind === null) return decision;
  const runId = runIdOf(item.behind) ?? 0;
  if (decision.kind === 'deduped') return { ...decision, run: { ...decision.run, runId } };
  if (decision.kind === 'scope_busy') return { ...decision, holder: { ...decision.holder, runId } };
  return decision;
}

function reviveAnswer(kept: unknown): StartResult {
  const answer = kept as { kind: 'decided'; verdict: StartVerdict; run: Record<string, unknown> | null };
  return { ...answer, run: answer.run === null ? null : reviveRunRecord(answer.run) };
}
