import { connect, createServer, type Server, type Socket } from 'node:net';
import { forward, type LaneRules } from './lane.ts';

/** A direction of travel. */
export type Direction = 'toServer' | 'toClient';

/** A proxy that can misbehave like a network. */
export interface TcpProxy {
  readonly port: number;
  /** The given URL with the proxy in place of its host and port. */
  through(url: string): string;
  /** Connections open at the moment. */
  readonly connections: number;
  /** Stops all traffic, ends included, and tells nobody: both sides hold a half-open connection. */
  pause(): void;
  /** Lets traffic flow again, what was held back first. */
  resume(): void;
  /** Resets every open connection. New ones are accepted. */
  cut(): void;
  /** Delivers everything that many milliseconds later, both ways. 0 ends it. */
  delay(ms: number): void;
  /** Swallows what goes in one direction, until told otherwise. */
  drop(direction: Direction, dropped: boolean): void;
  /** Resets every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts a proxy on a free local port in front of the server at `host:port`. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const rules: Record<Direction, LaneRules> = {
    toServer: { delayMs: 0, dropped: false, gate: Promise.resolve() },
    toClient: { delayMs: 0, dropped: false, gate: Promise.resolve() },
  };
  const both = [rules.toServer, rules.toClient];
  const pairs = new Set<readonly [Socket, Socket]>();
  let open: (() => void) | undefined;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true });
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [socket, other] of [pair, [upstream, client] as const]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.once('close', (failed) => {
        pairs.delete(pair);
        if (failed) void rules.toServer.gate.then(() => other.resetAndDestroy());
      });
    }
    forward(client, upstream, rules.toServer);
    forward(upstream, client, rules.toClient);
  });
  const port = await listen(server);

  const cut = (): void => {
    for (const sockets of pairs) for (const socket of sockets) socket.resetAndDestroy();
  };
  const resume = (): void => {
    open?.();
    open = undefined;
  };
  return {
    port,
    get connections() {
      return pairs.size;
    },
    through: (url) => {
      const changed = new URL(url);
      changed.hostname = '127.0.0.1';
      changed.port = String(port);
      return changed.href;
    },
    pause: () => {
      if (open !== undefined) return;
      const gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      for (const lane of both) lane.gate = gate;
    },
    resume,
    cut,
    delay: (ms) => {
      for (const lane of both) lane.delayMs = ms;
    },
    drop: (direction, dropped) => {
      rules[direction].dropped = dropped;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      resume();
      cut();
      await closed;
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}
