import { isTransient } from './transient.ts';
import { within } from './within.ts';

export interface GroupCommitOptions<Item, Result> {
  /** Commits items of one group in one transaction and answers in their order. */
  readonly commit: (group: string, items: readonly Item[]) => Promise<readonly Result[]>;
  /** Transactions of one group at once; 2 by default: one commits while the next is prepared. */
  readonly inFlight?: number;
  /** Items in one transaction at most; 200 by default. */
  readonly largest?: number;
  /** Milliseconds after which a commit counts as unanswered; 10,000 by default. */
  readonly timeoutMs?: number;
}

export interface GroupCommit<Item, Result> {
  /** Settles after the item's own commit. */
  add(group: string, item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly failed: (error: unknown) => void;
}

interface Line<Item, Result> {
  waiting: Waiting<Item, Result>[];
  flying: number;
}

/**
 * Commits together what arrives while earlier commits of its group are on their way: no timer, so a lone item never
 * waits, and the busier it is the fewer commits each item costs. Each group has a line of its own. When a batch is
 * refused, its items are tried one by one, so that a bad one fails alone; when the database is away, all fail and
 * their owners decide.
 */
export function createGroupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): GroupCommit<Item, Result> {
  const { commit, inFlight = 2, largest = 200, timeoutMs = 10_000 } = options;
  const lines = new Map<string, Line<Item, Result>>();

  const attempt = async (group: string, batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    const items = batch.map(({ item }) => item);
    const results = await within(timeoutMs, commit(group, items));
    for (const [index, { done }] of batch.entries()) done(results[index] as Result);
  };

  const fly = async (group: string, batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      await attempt(group, batch);
    } catch (error) {
      const alone = batch.length === 1 || isTransient(error);
      for (const one of batch) {
        if (alone) one.failed(error);
        else await attempt(group, [one]).catch(one.failed);
      }
    }
  };

  const pump = (group: string, line: Line<Item, Result>): void => {
    while (line.flying < inFlight && line.waiting.length > 0) {
      const batch = line.waiting.splice(0, largest);
      line.flying += 1;
      void fly(group, batch).then(() => {
        line.flying -= 1;
        // After whoever was waiting has had its turn: what they send next shares the next commit.
        setImmediate(() => pump(group, line));
      });
    }
    if (line.flying === 0 && lines.get(group) === line) lines.delete(group);
  };

  return {
    add: (group, item) =>
      new Promise((done, failed) => {
        const line = lines.get(group) ?? { waiting: [], flying: 0 };
        lines.set(group, line);
        line.waiting.push({ item, done, failed });
        queueMicrotask(() => pump(group, line));
      }),
  };
}
