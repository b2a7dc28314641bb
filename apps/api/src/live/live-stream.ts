import type { LiveEvent, liveInput } from '@signalbox/contracts/run/live-events';
import { largestId } from '@signalbox/contracts/shape/ids';
import { notificationsOfRuns } from '@signalbox/db/queries/notification/notifications';
import { getRun, visibleRuns } from '@signalbox/db/queries/run/get-run';
import { runEventsOf } from '@signalbox/db/queries/run/run-parts';
import type { RunWithPayload } from '@signalbox/db/queries/run/run-record';
import { isPerson, type Principal } from '@signalbox/domain/access/principal';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import type { z } from 'zod';
import type { AppContext } from '../context.ts';
import { loadRunView } from '../presenters/run/load-run-view.ts';
import { objectsOf, presentRun } from '../presenters/run/run.ts';
import { presentRunEvent } from '../presenters/run/run-event.ts';
import { presentRunHint } from '../presenters/run/run-hint.ts';
import { moment } from '../presenters/time.ts';
import type { Subscriber } from './subscriber.ts';

type Caller = Pick<AppContext, 'db' | 'authenticateAgain'> & {
  readonly principal: Principal;
  readonly run: RunWithPayload | null;
};

/** Events read at once. */
const pageSize = 200;

/** What one caller is told over one open connection. */
export class LiveStream {
  readonly #ctx: Caller;
  readonly #subscriber: Subscriber;
  #principal: Principal;

  constructor(ctx: Caller, subscriber: Subscriber) {
    this.#ctx = ctx;
    this.#subscriber = subscriber;
    this.#principal = ctx.principal;
  }

  /** Where the stream stands: what `lastEventId` brings back. */
  position(): string {
    return `${this.#subscriber.runId ?? 0}.${this.#subscriber.cursor}`;
  }

  /** Everything this caller is told, until they go, are signed out, or are no longer entitled. */
  async *events(
    input: z.infer<typeof liveInput>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<LiveEvent> {
    this.#subscriber.cursor = resumeAt(input);
    yield hello();
    yield* this.#watched();
    for (;;) {
      const news = await this.#subscriber.next(signal);
      if (news === null) return;
      if (news.recheck && !(await this.#stillAllowed())) return;
      if (news.missed) yield hello();
      if (news.runIds.some((runId) => runId === this.#subscriber.runId)) yield* this.#watched();
      yield* this.#hints(news.runIds);
    }
  }

  /** Events of the watched run after the cursor, in order. When the place is gone: the run as it is now. */
  async *#watched(): AsyncGenerator<LiveEvent> {
    const { run, db } = this.#ctx;
    if (run === null) return;
    const reader = { principal: this.#principal, objects: objectsOf(run) };
    for (;;) {
      const after = this.#subscriber.cursor;
      const { rows, head } = await db.inWorkspace(this.#principal.workspaceId, async (tx) => {
        const present = await getRun(tx, this.#principal, { id: run.id });
        const rows = await runEventsOf(tx, run.id, { after, limit: pageSize });
        return { rows, head: present?.eventSeq ?? 0 };
      });
      const gap = after > head && rows.length === 0;
      const broken = rows[0] !== undefined && rows[0].seq !== after + 1;
      if (gap || broken) {
        yield await this.#resync(run.id);
        return;
      }
      for (const row of rows) {
        this.#subscriber.cursor = row.seq;
        yield { kind: 'run_event', runId: run.id, event: presentRunEvent(row, reader) };
      }
      if (rows.length < pageSize) return;
    }
  }

  async #resync(runId: number): Promise<LiveEvent> {
    return this.#ctx.db.inWorkspace(this.#principal.workspaceId, async (tx) => {
      const record = await getRun(tx, this.#principal, { id: runId });
      if (record === null) throw new Error('A watched run is gone.');
      this.#subscriber.cursor = record.eventSeq;
      return {
        kind: 'resync',
        runId,
        run: presentRun(await loadRunView(tx, record, this.#principal), this.#principal),
      };
    });
  }

  /** One hint for each changed run the caller may see, and one for each that ended and is told of to them. */
  async *#hints(runIds: readonly number[]): AsyncGenerator<LiveEvent> {
    if (runIds.length === 0) return;
    const principal = this.#principal;
    const { records, told } = await this.#ctx.db.inWorkspace(principal.workspaceId, async (tx) => {
      const records = await visibleRuns(tx, principal, runIds);
      if (!isPerson(principal)) return { records, told: [] };
      const ended = records.filter(
        ({ status, initiator }) => isTerminal(status) && initiator.userId === principal.userId,
      );
      const told = await notificationsOfRuns(
        tx,
        principal,
        ended.map(({ id }) => id),
      );
      return { records, told };
    });
    for (const record of records) yield presentRunHint(record);
    for (const { id, runId } of told) yield { kind: 'notification', id, runId };
  }

  async #stillAllowed(): Promise<boolean> {
    const session = await this.#ctx.authenticateAgain();
    // Without a header the workspace is chosen among those the caller is in, and a removed member's is no more.
    if (session?.principal.workspaceId !== this.#principal.workspaceId) return false;
    this.#principal = session.principal;
    const { run, db } = this.#ctx;
    if (run === null) return true;
    const seen = await db.inWorkspace(session.principal.workspaceId, (tx) =>
      getRun(tx, session.principal, { id: run.id }),
    );
    return seen !== null;
  }
}

function hello(): LiveEvent {
  return { kind: 'hello', serverTime: moment(new Date()) };
}

/** The last event of the watched run that the caller has. A place in another run's history says nothing here. */
function resumeAt({ lastEventId, runId, after }: z.infer<typeof liveInput>): number {
  const [, id, seq] = /^(\d{1,10})\.(\d{1,10})$/.exec(lastEventId ?? '') ?? [];
  const given = id !== undefined && Number(id) === runId ? Number(seq) : (after ?? 0);
  return Math.min(given, largestId);
}
