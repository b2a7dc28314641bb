import type { WsEvent } from '@signalbox/contracts/provisioning/ws-events';
import { waitUntil } from '@signalbox/testing/wait-until';
import WebSocket from 'ws';
import type { TestApi } from './test-api.ts';

/** An open event socket, read as a client reads it. */
export interface WsClient {
  readonly socket: WebSocket;
  readonly received: readonly WsEvent[];
  /** Headers of the upgrade. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The code it was closed with; null while it is open. */
  closed(): number | null;
  until(what: string, condition: (received: readonly WsEvent[]) => unknown): Promise<void>;
  /** Waits for the end and answers its code. */
  end(): Promise<number>;
  cut(): void;
}

/** What is put into the address and the headers. */
export interface WsAsk {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether pings are answered. */
  readonly autoPong?: boolean;
}

/** An upgrade that was refused. */
export interface WsRefusal {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies of every shape
  readonly body: any;
}

/** The address of the event stream of an API. */
export function wsUrl(api: TestApi, query: Readonly<Record<string, string>>): string {
  return `${api.url.replace('http', 'ws')}/ws?${new URLSearchParams(query)}`;
}

/** Opens a socket, or answers how it was refused. */
export function tryWs(api: TestApi, ask: WsAsk = {}): Promise<WsClient | WsRefusal> {
  const received: WsEvent[] = [];
  let code: number | null = null;
  let headers: WsClient['headers'] = {};
  const socket = new WebSocket(wsUrl(api, ask.query ?? {}), {
    ...{ headers: ask.headers ?? {}, autoPong: ask.autoPong ?? true, perMessageDeflate: true },
  });
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  socket.on('close', (with_) => {
    code = with_;
  });
  socket.on('upgrade', (response) => {
    headers = response.headers;
  });
  const client: WsClient = {
    ...{ socket, received, closed: () => code, cut: () => socket.terminate() },
    get headers() {
      return headers;
    },
    until: async (what, condition) => {
      await waitUntil(what, () => condition(received));
    },
    end: async () => {
      await waitUntil('the end of the socket', () => code !== null);
      return code ?? 0;
    },
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(client));
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
  });
}

/** Opens a socket that must not be refused. */
export async function openWs(api: TestApi, ask: WsAsk = {}): Promise<WsClient> {
  const opened = await tryWs(api, ask);
  if ('status' in opened)
    throw new Error(`The socket was refused: ${opened.status} ${JSON.stringify(opened.body)}`);
  return opened;
}
