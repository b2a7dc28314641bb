import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemTransitions, type PlanItemStatus } from '../plan/plan-item.ts';
import { type BatchFacts, type BatchItem, batchProgress } from './batch-progress.ts';
import { peakConcurrency } from './waves.ts';

interface Mutable extends BatchItem {
  status: PlanItemStatus;
  held: boolean;
}

const graph = fc
  .array(fc.array(fc.nat({ max: 15 }), { maxLength: 4 }), { minLength: 1, maxLength: 15 })
  .map((all) => all.map((needs, index) => [...new Set(needs.filter((need) => need < index))]))
  .chain((all) =>
    // Ids need not follow the order in which the operations stand in the list.
    fc
      .shuffledSubarray([...all.keys()], { minLength: all.length })
      .map((order) =>
        order.map((id): Mutable => ({ id, needs: all[id] ?? [], status: 'waiting', held: false })),
      ),
  );
const limit = fc.integer({ min: 1, max: 6 });
const setting = fc.record({ parallelLimit: limit, rollbackEnabled: fc.boolean(), cut: fc.nat() });
/** What happens next: an item that may be tried is answered, or one under way ends. */
const events = fc.array(
  fc.record({
    which: fc.nat(),
    what: fc.constantFrom(
      'admit',
      'admit',
      'admit',
      'succeed',
      'succeed',
      'succeed',
      'fail',
      'refuse',
      'hold',
      'free',
    ),
  }),
  { maxLength: 80 },
);

function move(item: Mutable, status: PlanItemStatus): void {
  expect(itemTransitions[item.status]).toContain(status);
  item.status = status;
}

function pick(items: readonly Mutable[], which: number): Mutable | undefined {
  return items[which % Math.max(items.length, 1)];
}

/** Applies what a batch says follows of itself. */
function settle(facts: BatchFacts<Mutable>): ReturnType<typeof batchProgress<Mutable>> {
  const next = batchProgress(facts);
  for (const { item } of next.skip) move(item, 'skipped');
  return next;
}

function happen(facts: BatchFacts<Mutable>, { which, what }: { which: number; what: string }): void {
  const { admit } = settle(facts);
  const due = pick(admit, which);
  const active = pick(
    facts.items.filter(({ status }) => status === 'admitted'),
    which,
  );
  if (what === 'admit' && due !== undefined) move(due, 'admitted');
  if (what === 'refuse' && due !== undefined) move(due, 'failed');
  if (what === 'hold' && due !== undefined) due.held = true;
  if (what === 'free') for (const item of facts.items) item.held = false;
  if (what === 'succeed' && active !== undefined) move(active, 'done');
  if (what === 'fail' && active !== undefined) move(active, 'failed');
}

const base = { rollbackEnabled: false, cancelled: false, undoing: 'none' } as const;

test('never more are under way than the limit, and nothing begins before what it needs is done', () => {
  fc.assert(
    fc.property(graph, events, limit, (items, said, parallelLimit) => {
      const facts = { ...base, items, parallelLimit };
      const byId = new Map(items.map((item) => [item.id, item]));
      for (const event of said) {
        const { admit } = batchProgress(facts);
        const active = items.filter(({ status }) => status === 'admitted').length;
        expect(active + admit.length).toBeLessThanOrEqual(parallelLimit);
        for (const { needs, held, status } of admit) {
          expect(status).toBe('waiting');
          expect(held).toBe(false);
          expect(needs.every((id) => byId.get(id)?.status === 'done')).toBe(true);
        }
        happen(facts, event);
      }
    }),
  );
});

test('what stands behind a failure is left out because of it, and nothing else is', () => {
  fc.assert(
    fc.property(graph, events, limit, (items, said, parallelLimit) => {
      const facts = { ...base, items, parallelLimit };
      const byId = new Map(items.map((item) => [item.id, item]));
      const standsBehind = (item: Mutable, other: Mutable): boolean =>
        item.needs.some((id) => {
          const need = byId.get(id);
          return need !== undefined && (need === other || standsBehind(need, other));
        });
      for (const event of said) {
        for (const { item, because } of settle(facts).skip) {
          expect(because.status).toBe('failed');
          expect(standsBehind(item, because)).toBe(true);
        }
        for (const item of items) {
          const behind = items.some((other) => other.status === 'failed' && standsBehind(item, other));
          expect(item.status === 'skipped').toBe(behind);
        }
        happen(facts, event);
      }
    }),
  );
});

test('as long as what is under way ends, every batch ends, and its status says what became of its items', () => {
  fc.assert(
    fc.property(graph, setting, events, (items, { parallelLimit, rollbackEnabled }, said) => {
      let facts: BatchFacts<Mutable> = { ...base, items, parallelLimit, rollbackEnabled };
      for (const event of said) happen(facts, event);
      for (let step = 0; ; step++) {
        expect(step).toBeLessThan(4 * items.length + 4);
        const { stage, admit } = settle(facts);
        if (stage.kind === 'ended') {
          const failed = items.some(({ status }) => status === 'failed');
          expect(stage.status).toBe(failed ? 'failed' : 'completed');
          if (!failed) expect(items.every(({ status }) => status === 'done')).toBe(true);
          expect(facts.undoing).toBe(failed && rollbackEnabled ? 'ended' : 'none');
          return;
        }
        if (stage.kind !== 'working') {
          expect(items.every(({ status }) => ['done', 'failed', 'skipped'].includes(status))).toBe(true);
          facts = { ...facts, undoing: stage.kind === 'undo_due' ? 'active' : 'ended' };
        }
        const active = items.find(({ status }) => status === 'admitted');
        if (active !== undefined) move(active, 'done');
        else if (admit[0] !== undefined) move(admit[0], 'admitted');
        else for (const item of items) item.held = false;
      }
    }),
  );
});

test('a batch that is cancelled tries nothing more, waits for what is under way and undoes nothing', () => {
  fc.assert(
    fc.property(graph, setting, events, (items, { parallelLimit, rollbackEnabled }, said) => {
      const facts = { ...base, items, parallelLimit, rollbackEnabled, cancelled: true };
      for (const event of said) happen({ ...facts, cancelled: false }, event);
      for (const item of items) if (item.status === 'waiting') move(item, 'aborted');
      const active = items.filter(({ status }) => status === 'admitted');
      for (const [index, item] of active.entries()) {
        expect(batchProgress(facts)).toEqual({ admit: [], skip: [], stage: { kind: 'working' } });
        move(item, index % 2 === 0 ? 'done' : 'failed');
      }
      expect(batchProgress(facts)).toEqual({
        admit: [],
        skip: [],
        stage: { kind: 'ended', status: 'aborted' },
      });
    }),
  );
});

test('how a batch goes on follows from how its items stand, not from the way they came there', () => {
  fc.assert(
    fc.property(graph, setting, events, (items, { parallelLimit, cut }, said) => {
      const play = (list: Mutable[], restart: number | null) => {
        let facts = { ...base, items: list, parallelLimit };
        for (const [index, event] of said.entries()) {
          // Whoever goes on knows nothing but what was written.
          if (index === restart) facts = { ...facts, items: facts.items.map((item) => ({ ...item })) };
          happen(facts, event);
        }
        return batchProgress(facts);
      };
      const copy = () => items.map((item) => ({ ...item }));
      expect(play(copy(), cut % Math.max(said.length, 1))).toEqual(play(copy(), null));
    }),
  );
});

test('with operations that take equally long, as many are under way at once as was foretold', () => {
  fc.assert(
    fc.property(graph, limit, (items, parallelLimit) => {
      const nodes = items.map(({ id, needs }) => ({ id: `${id}`, dependencies: needs.map(String) }));
      let most = 0;
      for (;;) {
        const { admit, stage } = batchProgress({ ...base, items, parallelLimit });
        if (stage.kind === 'ended') break;
        most = Math.max(most, admit.length);
        for (const item of admit) move(item, 'admitted');
        for (const item of admit) move(item, 'done');
      }
      expect(most).toBe(peakConcurrency(nodes, parallelLimit));
    }),
  );
});
