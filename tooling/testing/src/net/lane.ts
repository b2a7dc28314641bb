import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How one direction of a proxied connection treats what passes. Read anew for every chunk. */
export interface LaneRules {
  /** Milliseconds by which every chunk comes later. */
  delayMs: number;
  /** Whether chunks vanish. */
  dropped: boolean;
  /** Settles when traffic may flow. */
  gate: Promise<void>;
}

const MAX_QUEUED = 256;

/** Forwards one direction of a connection under its rules, in order, the end included. */
export function forward(from: Socket, to: Socket, rules: LaneRules): void {
  const queue: { readonly chunk: Buffer | undefined; readonly due: number }[] = [];
  let working = false;

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (queue.length < MAX_QUEUED) from.resume();
      await rules.gate;
      const wait = next.due - performance.now();
      if (wait > 0) await delay(wait);
      if (next.chunk === undefined) to.end();
      else if (!rules.dropped && to.writable) to.write(next.chunk);
    }
    working = false;
  };
  const push = (chunk: Buffer | undefined): void => {
    queue.push({ chunk, due: performance.now() + rules.delayMs });
    if (queue.length >= MAX_QUEUED) from.pause();
    void work();
  };
  from.on('data', push);
  from.on('end', () => push(undefined));
}
