import type { LiveEvent } from '@signalbox/contracts/run/live-events';
import type { Person } from '@signalbox/domain/access/principal';
import { waitUntil } from '@signalbox/testing/wait-until';
import type { TestApi } from './test-api.ts';

/** One event of the stream with the id that resumes after it. */
export interface Received {
  readonly id: string;
  readonly event: LiveEvent;
}

/** An open live stream, read as a browser's event source reads it. */
export interface LiveReader {
  readonly received: readonly Received[];
  /** Why the stream ended; null while it is open. */
  readonly ended: () => string | null;
  until(what: string, condition: (received: readonly Received[]) => unknown): Promise<void>;
  cut(): void;
}

export interface LiveAsk {
  readonly runId?: number;
  readonly after?: number;
  readonly lastEventId?: string;
  /** Whom an API key acts for. */
  readonly actor?: string;
}

/** Opens the stream; `as` is whose token it carries, or an API key. */
export async function openLive(api: TestApi, as: Person | string, ask: LiveAsk = {}): Promise<LiveReader> {
  const gone = new AbortController();
  const { lastEventId, actor, ...input } = ask;
  const response = await fetch(
    `${api.url}/trpc/live.events?input=${encodeURIComponent(JSON.stringify(input))}`,
    {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${typeof as === 'string' ? as : await api.token(as)}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...(actor !== undefined && { 'x-actor': actor }),
      },
      signal: gone.signal,
    },
  );
  const received: Received[] = [];
  let ended: string | null = null;
  const reading = read(response, received).then(
    (how) => {
      ended = how;
    },
    (error: unknown) => {
      ended = `cut: ${String(error)}`;
    },
  );
  void reading;
  return {
    received,
    ended: () => ended,
    until: async (what, condition) => {
      await waitUntil(what, () => condition(received));
    },
    cut: () => gone.abort(),
  };
}

async function read(response: Response, received: Received[]): Promise<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line): [string, string] => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon), line.slice(colon + 1).trim()];
        }),
      );
      const kind = fields.get('event');
      if (kind === 'serialized-error') return `error: ${fields.get('data')}`;
      if (kind === 'return') return 'returned';
      const id = fields.get('id');
      if (kind === undefined && id !== undefined) {
        received.push({ id, event: JSON.parse(fields.get('data') ?? 'null') as LiveEvent });
      }
    }
  }
  return `closed with ${response.status}`;
}

/** Numbers of the events of the watched run, in the order they came. */
export function seqs(received: readonly Received[]): number[] {
  return received.flatMap(({ event }) => (event.kind === 'run_event' ? [event.event.seq] : []));
}

/** Runs that a hint was given for. */
export function hinted(received: readonly Received[]): number[] {
  return received.flatMap(({ event }) => (event.kind === 'run' ? [event.id] : []));
}
