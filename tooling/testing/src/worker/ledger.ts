import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for an effect, as it came in. */
export interface LedgerEntry {
  readonly key: string;
  readonly step: string;
  readonly pid: number;
}

/** A provider that only writes down what it is asked for, and can keep its answers back. */
export interface Ledger {
  readonly url: string;
  /** Every request, repeats too. */
  readonly entries: readonly LedgerEntry[];
  /** Requests for this step are written down but not answered until `release`. */
  hold(step: string): void;
  release(step: string): void;
  close(): Promise<void>;
}

export async function startLedger(): Promise<Ledger> {
  const entries: LedgerEntry[] = [];
  const held = new Map<string, (() => void)[]>();
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const part of request) body += String(part);
      const entry = JSON.parse(body) as LedgerEntry;
      entries.push(entry);
      const answer = (): void => void response.end('{}');
      const waiting = held.get(entry.step);
      if (waiting === undefined) answer();
      else waiting.push(answer);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    entries,
    hold: (step) => void held.set(step, []),
    release: (step) => {
      for (const answer of held.get(step) ?? []) answer();
      held.delete(step);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
