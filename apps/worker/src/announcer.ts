import { encodeRunHeads, type RunHead, runsChannel } from '@signalbox/db/client/channels';

export interface AnnouncerOptions {
  readonly notify: (channel: string, payload: string) => Promise<void>;
  /** Milliseconds between two notifications; 50 by default, so 20 a second. */
  readonly everyMs?: number;
}

/** Tells readers which runs have new events. */
export interface Announcer {
  add(head: RunHead): void;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * One notification for everything that happened meanwhile, since a notification per commit would halve the commit
 * rate. A lost one costs nothing but time: readers look by themselves every now and then.
 */
export function createAnnouncer({ notify, everyMs = 50 }: AnnouncerOptions): Announcer {
  let heads = new Map<string, RunHead>();
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    timer = undefined;
    const [payload, ...later] = encodeRunHeads([...heads.values()]);
    heads = new Map(later.flatMap((text) => JSON.parse(text) as RunHead[]).map((head) => [key(head), head]));
    if (payload !== undefined) await notify(runsChannel, payload).catch(() => undefined);
    if (heads.size > 0) schedule();
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush(), everyMs);
  };

  return {
    add: (head) => {
      const known = heads.get(key(head));
      if (known === undefined || known.s < head.s) heads.set(key(head), head);
      schedule();
    },
    stop: async () => {
      while (heads.size > 0) {
        clearTimeout(timer);
        await flush();
      }
      clearTimeout(timer);
    },
  };
}

function key(head: RunHead): string {
  return `${head.w}:${head.r}`;
}
