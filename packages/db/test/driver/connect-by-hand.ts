import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import postgres, { type Sql } from 'postgres';

/** A pool of one connection whose socket the test holds, to break it at a chosen moment. */
export type HandHeldPool = { sql: Sql; socket: () => Socket };

/** Opens such a pool; `socket()` is the one the driver uses now. */
export function connectByHand(databaseUrl: string): HandHeldPool {
  const { hostname, port } = new URL(databaseUrl);
  let socket = new Socket();
  async function open(): Promise<Socket> {
    socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return socket;
  }
  // The driver takes a `socket` factory that its type does not list.
  const options = Object.assign({ max: 1, fetch_types: false }, { socket: open });
  return { sql: postgres(databaseUrl, options), socket: () => socket };
}

/** Lets an issued statement reach the driver's buffer, which is written to the socket only later. */
export async function statementsIssued(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}
