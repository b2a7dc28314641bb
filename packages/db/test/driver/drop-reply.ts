import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A local proxy in front of a database server; `url` leads through it. */
export type LossyProxy = { url: string; close(): Promise<void> };

/**
 * Forwards everything until a message with this text passes, then lets the server act on it, keeps its reply
 * and cuts both sides, once: what a caller sees when the network fails between the act and its answer.
 * `reset` cuts with a TCP reset, otherwise the end is an orderly one. `unheard` keeps the message from the server too:
 * what the same caller sees when the network fails before the act.
 */
export async function dropReply(
  databaseUrl: string,
  lost: { to: string; reset?: boolean; unheard?: boolean },
): Promise<LossyProxy> {
  const url = new URL(databaseUrl);
  const target = { port: Number(url.port), host: url.hostname };
  const sockets = new Set<Socket>();
  let done = false;
  const server = createServer((client) => {
    const upstream = connect(target);
    let armed = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    client.on('data', (bytes) => {
      armed = !done && (armed || bytes.includes(lost.to));
      if (!armed || !lost.unheard) return upstream.write(bytes);
      done = true;
      return cut();
    });
    upstream.on('data', (bytes) => {
      if (!armed) return client.write(bytes);
      done = true;
      if (lost.reset) client.resetAndDestroy();
      return cut();
    });

    function cut(): void {
      client.destroy();
      upstream.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
