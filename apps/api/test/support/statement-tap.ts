import { connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL that notes which statements pass. */
export interface StatementTap {
  /** The given URL with the tap in place of its host and port. */
  through(url: string): Promise<string>;
  /** Texts of the statements executed since the last call, in their order. */
  take(): string[];
  close(): void;
}

/** Starts a tap on a free local port. It reads the client's half of the protocol, version 3, without encryption. */
export function openStatementTap(): StatementTap {
  let seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  return {
    through: async (url) => {
      const target = new URL(url);
      const real = { host: target.hostname, port: Number(target.port || 5432) };
      server.on('connection', (client) => {
        const upstream = connect(real);
        const read = reader((text) => seen.push(text));
        client.on('data', (chunk) => read(Buffer.from(chunk)));
        client.pipe(upstream).pipe(client);
        for (const socket of [client, upstream]) {
          sockets.add(socket);
          socket
            .on('error', () => undefined)
            .on('close', () => {
              client.destroy();
              upstream.destroy();
            });
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      target.hostname = '127.0.0.1';
      target.port = typeof address === 'object' && address !== null ? String(address.port) : '';
      return target.href;
    },
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads messages: a Parse names a statement, a Bind uses one by its name, a Query holds its own text. */
function reader(executed: (text: string) => void): (chunk: Buffer) => void {
  const texts = new Map<string, string>();
  let held = Buffer.alloc(0);
  let begun = false;
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      // The first message has no type.
      const lead = begun ? 1 : 0;
      if (held.length < lead + 4) return;
      const end = lead + held.readInt32BE(lead);
      if (held.length < end) return;
      const type = begun ? String.fromCharCode(held[0] ?? 0) : '';
      const parts = held
        .subarray(lead + 4, end)
        .toString('utf8')
        .split('\0');
      if (type === 'P') texts.set(parts[0] ?? '', parts[1] ?? '');
      if (type === 'B') executed(texts.get(parts[1] ?? '') ?? '');
      if (type === 'Q') executed(parts[0] ?? '');
      begun = true;
      held = held.subarray(end);
    }
  };
}
