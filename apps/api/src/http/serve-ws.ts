import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { chosenEvents } from '@signalbox/contracts/provisioning/ws-choice';
import { AppError, type Fault } from '@signalbox/domain/error/app-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AppContext, RequestFacts } from '../context.ts';
import { WireError } from '../errors/wire-error.ts';
import { admitListener } from '../ws/admit-listener.ts';
import type { EventSockets } from '../ws/event-sockets.ts';
import { refuseOtherMethods } from './method-not-allowed.ts';
import { type ReadQuery, readQuery } from './read-query.ts';
import { refuseForeignSocket } from './refuse-foreign-origin.ts';
import { ReplyPlan } from './reply-plan.ts';
import { requestFacts } from './request-facts.ts';
import { sendProblem } from './send-problem.ts';

const url = '/ws';

/** How long a closed socket may take to say goodbye, ms. */
const goodbyeMs = 5_000;

/** How long sockets have to say goodbye when the server goes down, ms. */
const lastGoodbyeMs = 1_000;

/** Whether a request asks to become a socket here; any other upgrade is not taken, and the request goes on as it is. */
export function asksForSocket({ method, url: target = '', headers }: IncomingMessage): boolean {
  return (
    method === 'GET' && target.split('?', 1)[0] === url && headers.upgrade?.toLowerCase() === 'websocket'
  );
}

/**
 * Serves the event stream. An upgrade passes the hooks and the questions every request passes, and is refused over
 * HTTP; only then it becomes a socket.
 */
export function serveWs(
  app: FastifyInstance,
  options: {
    readonly createContext: (facts: RequestFacts) => Promise<AppContext>;
    readonly publicOrigin?: string;
    readonly sockets: EventSockets;
  },
): void {
  const { sockets, createContext, publicOrigin } = options;
  const server = new WebSocketServer({
    ...{ noServer: true, perMessageDeflate: false, handleProtocols: () => false },
    // A client has nothing to say.
    ...{ maxPayload: 1_024, maxFragments: 8, closeTimeout: goodbyeMs },
  });
  const upgrades = new WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>();

  app.server.on('upgrade', (raw, socket, head) => {
    socket.on('error', () => socket.destroy());
    upgrades.set(raw, { socket, head });
    const response = new ServerResponse(raw);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.on('finish', () => socket.end());
    app.routing(raw, response);
  });

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const upgrade = upgrades.get(request.raw);
    refuseOddHandshake(request, upgrade !== undefined);
    refuseForeignSocket(request, publicOrigin);
    const { token, events, after, workspace, ...others } = readQuery(request.raw.url ?? '');
    const named = typeof workspace === 'string' ? workspace : undefined;
    const facts = requestFacts(request, { surface: 'rest', reply: new ReplyPlan(), workspaceId: named });
    const admitted = await admitListener(createContext, {
      facts,
      token: Array.isArray(token) ? null : token,
      ownOrigin: request.headers.origin !== undefined,
    });
    refuseFaults(request, { workspace, after, others });
    const list = events === undefined ? undefined : [events].flat().join(',');
    const prepared = await sockets.prepare(admitted, {
      types: chosenEvents(list),
      after: typeof after === 'string' ? after : undefined,
    });
    const opened =
      upgrade === undefined ? null : taken(request, reply, { ...upgrade, cursor: prepared.cursor });
    if (opened === null) {
      prepared.discard();
      return reply;
    }
    const { id: requestId, log } = request;
    log.info({ requestId, method: 'GET', route: url, status: 101 });
    const since = performance.now();
    opened.on('error', () => {});
    opened.on('close', (code) =>
      log.info({ requestId, route: url, closed: code, ms: Math.round(performance.now() - since) }),
    );
    void prepared.open(opened);
    return reply;
  }

  /** Makes the upgrade; null when the client has gone meanwhile. */
  function taken(
    request: FastifyRequest,
    reply: FastifyReply,
    upgrade: { readonly socket: Duplex; readonly head: Buffer; readonly cursor: string },
  ): WebSocket | null {
    const { socket, head, cursor } = upgrade;
    reply.hijack();
    reply.raw.detachSocket(socket as Socket);
    let made: WebSocket | null = null;
    const tell = (headers: string[], raw: IncomingMessage) => {
      if (raw !== request.raw) return;
      headers.push(`X-Request-Id: ${request.id}`);
      if (cursor !== '') headers.push(`X-Next-Cursor: ${cursor}`);
    };
    server.on('headers', tell);
    server.handleUpgrade(request.raw, socket, head, (opened) => {
      made = opened;
    });
    server.off('headers', tell);
    return made;
  }

  app.route({
    method: 'GET',
    url,
    config: { dialect: 'provisioning', limited: true },
    handler: (request, reply) =>
      answer(request, reply).catch((error: unknown) => sendProblem(reply, error, 'provisioning')),
  });
  refuseOtherMethods(app, url, ['GET']);
  app.addHook('preClose', async () => {
    sockets.closeAll();
    const gone = [...server.clients].map((each) => new Promise((resolve) => each.once('close', resolve)));
    const late = setTimeout(() => {
      for (const each of server.clients) each.terminate();
    }, lastGoodbyeMs);
    await Promise.all(gone);
    clearTimeout(late);
    server.close();
  });
}

/** @throws WireError 426 for what is no WebSocket of version 13, 400 for a key that is none */
function refuseOddHandshake({ headers }: FastifyRequest, upgrading: boolean): void {
  const asked = { upgrade: 'websocket', 'sec-websocket-version': '13' };
  if (!upgrading || headers['sec-websocket-version'] !== '13')
    throw new WireError({ code: 'upgrade_required', headers: asked });
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? ''))
    throw new WireError({ code: 'malformed_request', detail: 'Sec-WebSocket-Key is missing or malformed.' });
}

/** @throws AppError invalid_input */
function refuseFaults(
  request: FastifyRequest,
  asked: {
    readonly workspace: ReadQuery[string] | undefined;
    readonly after: ReadQuery[string] | undefined;
    readonly others: ReadQuery;
  },
): void {
  const { workspace, after, others } = asked;
  const wrong = Object.keys(others);
  const header = request.headers['x-workspace-id'];
  const agrees = workspace === undefined || header === undefined || header === workspace;
  if (Array.isArray(workspace) || !agrees) wrong.push('workspace');
  if (Array.isArray(after)) wrong.push('after');
  if (wrong.length === 0) return;
  const errors = wrong.map(
    (name): Fault => ({
      pointer: `/${name}`,
      detail: 'is unknown, named twice, or said otherwise elsewhere',
    }),
  );
  throw new AppError({ code: 'invalid_input', errors });
}
