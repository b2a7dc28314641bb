import { statfs } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** How busy the machine of this process is. */
export interface HostLoad {
  /** Share of the processors' time since the last look, in percent. */
  readonly processor: number;
  /** In use, in bytes, and in percent of all there is. */
  readonly memoryBytes: number;
  readonly memory: number;
  /** Of the disk that holds a directory, in percent; null where it cannot be read. */
  readonly disk: number | null;
}

interface Ticks {
  readonly busy: number;
  readonly all: number;
  readonly at: number;
}

/** A shorter time between two looks says more about chance than about load. */
const shortestMs = 100;

let last: Ticks | null = null;

/** Looks at the machine. The first look takes a tenth of a second, since a load is one over a time. */
export async function readHostLoad(directory: string): Promise<HostLoad> {
  if (last === null) {
    last = ticksNow();
    await delay(shortestMs);
  }
  const now = ticksNow();
  const all = now.all - last.all;
  const processor = all <= 0 ? 0 : ((now.busy - last.busy) / all) * 100;
  // Two that look at once share a time instead of cutting it to pieces.
  if (now.at - last.at > shortestMs * 10) last = now;
  const total = totalmem();
  const memoryBytes = total - freemem();
  return { processor, memoryBytes, memory: (memoryBytes / total) * 100, disk: await diskOf(directory) };
}

function ticksNow(): Ticks {
  let busy = 0;
  let all = 0;
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all, at: performance.now() };
}

async function diskOf(directory: string): Promise<number | null> {
  const facts = await statfs(directory).catch(() => null);
  if (facts === null || facts.blocks === 0) return null;
  return ((facts.blocks - facts.bfree) / facts.blocks) * 100;
}
