import { randomUUID } from 'node:crypto';
import type { Dialect } from '@signalbox/contracts/openapi/operation';
import type { AnyRouter } from '@trpc/server';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { AppContext, RequestFacts } from '../context.ts';
import { WireError } from '../errors/wire-error.ts';
import { answerPages } from '../html/answer-pages.ts';
import { operationsDocument } from '../openapi/document.ts';
import { openCalls } from '../openapi/open-calls.ts';
import { restOperations } from '../openapi/operations.ts';
import { serveDocument } from '../openapi/serve-document.ts';
import { fastifyPath, serveOperation } from '../openapi/serve-operation.ts';
import type { EventSockets } from '../ws/event-sockets.ts';
import { answerClientError, answerConnect } from './client-error.ts';
import { limitRequests } from './limit-requests.ts';
import { mendedConsoleAddress } from './mend-address.ts';
import { acceptAllMethods, refuseOtherMethods } from './method-not-allowed.ts';
import { bodyLimit } from './read-body.ts';
import { refuseForeignOrigin } from './refuse-foreign-origin.ts';
import { headersBeforeRouting, setSecurityHeaders } from './security-headers.ts';
import { sendProblem } from './send-problem.ts';
import { serveAuditExport } from './serve-audit-export.ts';
import { serveConsentCallback } from './serve-consent-callback.ts';
import { readConsole, serveConsole } from './serve-console.ts';
import { serveTrpc } from './serve-trpc.ts';
import { asksForSocket, serveWs } from './serve-ws.ts';

/** What a server is made of. */
export interface ServerOptions {
  readonly router: AnyRouter;
  readonly createContext: (facts: RequestFacts) => Promise<AppContext>;
  /** Shown in the document. */
  readonly version: string;
  readonly logger?: FastifyBaseLogger;
  /** Where the built console lies; without it only the API is served. */
  readonly consoleDirectory?: string;
  /** The address people use when a proxy stands in front, such as `https://signalbox.example`. */
  readonly publicOrigin?: string;
  /** The proxies whose X-Forwarded-For is believed, as `SIGNALBOX_TRUST_PROXY` names them; nobody's unless said. */
  readonly trustedProxies?: string;
  /** Requests a minute of one caller, or of one address before that is known; 0, no limit, unless said. */
  readonly requestsPerMinute?: number;
  /** The event sockets at `/ws`; without them there is no such path. */
  readonly sockets?: EventSockets;
  /** How long a whole request may take to arrive, in milliseconds; 30 s unless said. */
  readonly requestTimeoutMs?: number;
}

/** Builds the HTTP server: REST, the typed client, the document and the console on one listener. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const requestTimeout = options.requestTimeoutMs ?? 30_000;
  const operations = restOperations(options.router);
  const beforeRouting = headersBeforeRouting(options.publicOrigin);
  const app = Fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit,
    requestTimeout,
    trustProxy: options.trustedProxies ?? false,
    exposeHeadRoutes: false,
    // Long ids are unknown ids, which is the operation's answer to give and not the router's.
    routerOptions: { maxParamLength: 16_384, querystringParser: () => ({}) },
    http: {
      connectionsCheckingInterval: Math.min(5_000, requestTimeout),
      headersTimeout: requestTimeout,
      shouldUpgradeCallback: (request) => options.sockets !== undefined && asksForSocket(request),
    },
    frameworkErrors: (error, request, reply) => {
      reply.headers(beforeRouting);
      const mended = options.consoleDirectory === undefined ? null : mendedConsoleAddress(request);
      if (error.code !== 'FST_ERR_BAD_URL' || mended === null)
        return sendProblem(reply, error, dialectAt(operations, request.url));
      return reply.redirect(mended, 302);
    },
    clientErrorHandler: answerClientError,
  });
  app.server.on('connect', (_request, socket) =>
    answerConnect(socket as Parameters<typeof answerConnect>[0]),
  );
  acceptAllMethods(app);
  await setSecurityHeaders(app, options.publicOrigin);
  collectBytes(app);
  answerErrors(app);
  if ((options.requestsPerMinute ?? 0) > 0) await limitRequests(app, options.requestsPerMinute ?? 0);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (request.is404) {
      sendProblem(reply, new WireError({ code: 'not_found' }), 'native');
      return;
    }
    try {
      refuseTwoHosts(request);
      refuseForeignOrigin(request, options.publicOrigin);
      done();
    } catch (error) {
      sendProblem(reply, error, request.routeOptions.config.dialect ?? 'native');
    }
  });
  logResponses(app);

  const console = options.consoleDirectory === undefined ? null : await readConsole(options.consoleDirectory);
  const page = answerPages(console?.page ?? null);
  const calls = openCalls(app);
  for (const operation of operations) serveOperation(app, operation, { ...options, page, calls });
  for (const [path, methods] of methodsByPath(operations))
    refuseOtherMethods(app, fastifyPath(path), methods);
  serveTrpc(app, options);
  serveAuditExport(app, options);
  serveConsentCallback(app, options);
  const { sockets } = options;
  if (sockets !== undefined) serveWs(app, { ...options, sockets });
  const facts = { version: options.version, sockets: sockets !== undefined };
  serveDocument(app, operationsDocument(options.router, operations, facts));
  if (console !== null) await serveConsole(app, console);
  return app;
}

/**
 * A request names one host; Node takes the first of two, and something in front might take the other.
 * @throws WireError 400
 */
function refuseTwoHosts(request: FastifyRequest): void {
  const { rawHeaders } = request.raw;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.length === 4 && /^host$/i.test(name));
  if (hosts.length > 1)
    throw new WireError({ code: 'malformed_request', detail: 'Host was sent more than once.' });
}

/** Bodies are collected as bytes whatever their type; who reads them judges type, encoding and content. */
function collectBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) =>
    sendProblem(reply, error, request.routeOptions.config.dialect ?? 'native'),
  );
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new WireError({ code: 'not_found' }), 'native'),
  );
}

/** One line per answer, with the route's template and never the query, which may hold what is no one's business. */
function logResponses(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
    done();
  });
}

/** The envelope of an address that no route could be found for, by what stands before its first parameter. */
function dialectAt(operations: ReturnType<typeof restOperations>, url: string): Dialect {
  const near = operations.find(({ facts: { path } }) => {
    const parameter = path.indexOf('{');
    return parameter > 0 && url.startsWith(path.slice(0, parameter));
  });
  return near?.facts.dialect ?? 'native';
}

function methodsByPath(operations: ReturnType<typeof restOperations>): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { facts } of operations) {
    paths.set(facts.path, [...(paths.get(facts.path) ?? []), facts.method]);
  }
  return paths;
}
