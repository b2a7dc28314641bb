import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { WireReply, WireRequest } from './wire.ts';

/** Something that listens on loopback. */
export interface Listener {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and closes open connections. */
  close(): Promise<void>;
}

/** The greatest request body taken, in bytes. */
const bodyLimit = 4 * 1024 * 1024;

/** Answers requests on 127.0.0.1; rejects when the port is taken. A larger body than 4 MB is 413. */
export async function listen(
  port: number,
  answer: (request: WireRequest) => WireReply | Promise<WireReply>,
): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    serve({ incoming, outgoing, answer }).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  answer(request: WireRequest): WireReply | Promise<WireReply>;
}

async function serve({ incoming, outgoing, answer }: Exchange): Promise<void> {
  const request = await readRequest(incoming);
  const reply = request === undefined ? { status: 413 } : await answer(request);
  if (reply.drop === true) {
    outgoing.destroy();
    return;
  }
  const text = reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  outgoing.writeHead(reply.status, {
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...reply.headers,
  });
  outgoing.end(text);
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
