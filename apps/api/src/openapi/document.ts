import type { RequestHeader } from '@signalbox/contracts/openapi/operation';
import { problem } from '@signalbox/contracts/problem/problem';
import { wsEvent } from '@signalbox/contracts/provisioning/ws-events';
import type { AnyRouter } from '@trpc/server';
import { generateOpenApiDocument, type OpenAPIObject, type OpenApiRouter } from 'trpc-to-openapi';
import { documentResponses, familyOf, sharedHeaders, sharedResponses } from './document-responses.ts';
import { namedSchemas } from './named-schemas.ts';
import type { RestOperation } from './operations.ts';
import { wsPath } from './ws-path.ts';

type Operation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

const introduction = [
  'Signalbox decides whether a long-running operation may start, runs it once, shows it live, and can take it back.',
  'The console uses the same operations. Errors are problem details (RFC 9457) with a stable `code`; where a reference',
  'contract has an envelope of its own, that envelope is sent with the same members added.',
].join(' ');

const tagTexts: Readonly<Record<string, string>> = {
  Runs: 'Start operations and follow what became of them.',
  'Admin runs': 'Backup and restore runs of a tenant, in the words of the admin-runs contract.',
  'Provider dispatch':
    'Starts of provider-backed operations and what became of them, in the words of the provider-dispatch contract: as its own JSON, or as a page.',
  Tasks: 'Work on servers, task services and clusters, in the words of the provisioning contract.',
  Workflows: 'Starts of such work, in the words of the provisioning contract.',
  Infras: 'What is provisioned as a whole: a settings file, and what was made from it.',
  'Batch Operations':
    'Operations that depend on each other, submitted as one, in the words of the provisioning contract.',
  Batches: 'Operations that depend on each other: preview, start, follow, cancel, try the rest again.',
  Operations: 'The kinds of work there are.',
  Tenants: 'Managed environments.',
  Connections: 'How Signalbox reaches the provider of a tenant.',
  Inventory: 'What was last seen at a provider.',
  Backups: 'Backup sets, their items, and previews of restores.',
  Members: 'Who belongs to the workspace, who is invited, and who can do what.',
  Deployments: 'Runs that deploy something, in the words of the runs contract.',
  Workspaces: 'The customers of this installation: their tier, their limit, what they have used.',
  Audit: 'Who did what, sealed so that tampering is found.',
  Session: 'Signing in and out of the console.',
  Authentication: 'Tokens for programs.',
  'API keys': 'Credentials of a workspace for programs, and whom they act for.',
  WebSocket: 'What happens, as it happens.',
  Health: 'Whether the service answers and is ready.',
};

/**
 * The OpenAPI 3.1 document of the operations a router serves. The bridge knows one status and one error shape, so
 * statuses, media types, headers, security and examples are written here, from the contracts the server obeys.
 */
export function operationsDocument(
  router: AnyRouter,
  operations: readonly RestOperation[],
  { version, sockets }: { readonly version: string; readonly sockets: boolean },
): OpenAPIObject {
  const document = generateOpenApiDocument(router as OpenApiRouter, {
    title: 'Signalbox',
    description: introduction,
    version,
    baseUrl: '/',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    securitySchemes: {
      bearerAuth: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token of a person, from POST /auth/login.',
      },
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'sbx_<id>_<secret>',
        description:
          'An API key of the workspace. It may do what it was given, and is refused (403, `person_required`) by operations that list only the other two.',
      },
      sessionCookie: { type: 'apiKey', in: 'cookie', name: 'sbx_session' },
      eventToken: {
        type: 'apiKey',
        in: 'query',
        name: 'token',
        description: 'A ticket of POST /v1/auth/ws-ticket, or an access token: for the event stream alone.',
      },
      webhookSecret: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Webhook-Secret',
        description:
          'The secret of `WORKSPACE_TIER_UPDATE_SECRET`. Where it is set, it is the only credential taken by operations that list it.',
      },
    },
  });
  for (const operation of operations) amend(document, operation);
  if (sockets) document.paths = { ...document.paths, '/ws': wsPath() };
  const used = new Set([...operations.flatMap(({ facts }) => facts.tags), ...(sockets ? ['WebSocket'] : [])]);
  document.tags = [...new Set([...Object.keys(tagTexts), ...used])]
    .filter((name) => used.has(name))
    .map((name) => ({ name, description: tagTexts[name] ?? name }));
  document.components = {
    ...document.components,
    responses: sharedResponses([
      ...operations.map(({ facts }) => facts.dialect),
      ...(sockets ? ['provisioning' as const] : []),
    ]),
    headers: sharedHeaders,
  };
  document.components.schemas = {
    ...document.components.schemas,
    ...namedSchemas(problem),
    ...(sockets && namedSchemas(wsEvent)),
    ErrorResponse: provisioningError,
    ...(operations.some(({ facts }) => familyOf(facts.dialect) === 'message') && {
      ErrorMessage: messageError,
    }),
  };
  if (!sockets) delete document.components.securitySchemes?.eventToken;
  if (!operations.some(({ facts }) => facts.security === 'secret'))
    delete document.components.securitySchemes?.webhookSecret;
  return document;
}

/** The error envelope of the provisioning contract, with the problem members it also carries. */
const provisioningError = {
  type: 'object' as const,
  description: 'The error envelope of the provisioning contract, with problem details added',
  allOf: [
    {
      type: 'object' as const,
      required: ['success', 'error'],
      properties: { success: { type: 'boolean' as const, const: false }, error: { type: 'string' as const } },
    },
    { $ref: '#/components/schemas/Problem' },
  ],
};

/** The error envelope of the runs and onboarding contracts, with the problem members it also carries. */
const messageError = {
  type: 'object' as const,
  description: 'The error envelope of the runs contract, with problem details added',
  allOf: [
    { type: 'object' as const, required: ['error'], properties: { error: { type: 'string' as const } } },
    { $ref: '#/components/schemas/Problem' },
  ],
};

function amend(document: OpenAPIObject, { facts }: RestOperation): void {
  const entry = document.paths?.[facts.path];
  const operation = entry?.[facts.method.toLowerCase() as 'get'] as Operation | undefined;
  if (operation === undefined) throw new Error(`${facts.operationId} is missing from the document`);
  operation.responses = documentResponses(facts, answerSchema(operation));
  operation.security = accepted[facts.security];
  const headers = Object.entries({
    ...(facts.security !== 'none' && workspaceHeaders),
    ...((facts.security === 'caller' || facts.security === 'secret') && actorHeaders),
    ...facts.requestHeaders,
  }).map(([name, header]) => ({
    in: 'header' as const,
    name,
    required: false,
    ...header,
  }));
  if (headers.length > 0) operation.parameters = [...(operation.parameters ?? []), ...headers];
  amendBody(operation, facts);
}

function amendBody(operation: Operation, facts: RestOperation['facts']): void {
  const body = operation.requestBody;
  if (facts.body === 'none' || body === undefined || !('content' in body)) {
    delete operation.requestBody;
    return;
  }
  body.required = facts.body === 'required';
  const examples = Object.entries(facts.examples?.request ?? {});
  const media = body.content['application/json'];
  if (media !== undefined && examples.length > 0) {
    media.examples = Object.fromEntries(examples.map(([name, value]) => [name, { value }]));
  }
}

/** The schema of the answer, as the bridge wrote it for its only status. */
function answerSchema(operation: Operation): object {
  const answer = operation.responses?.['200'] as
    | { content?: Record<string, { schema?: object }> }
    | undefined;
  return answer?.content?.['application/json']?.schema ?? {};
}

/** The credentials an operation takes. */
const accepted: Readonly<Record<RestOperation['facts']['security'], NonNullable<Operation['security']>>> = {
  none: [],
  caller: [{ bearerAuth: [] }, { apiKey: [] }, { sessionCookie: [] }],
  person: [{ bearerAuth: [] }, { sessionCookie: [] }],
  secret: [{ webhookSecret: [] }, { bearerAuth: [] }, { apiKey: [] }, { sessionCookie: [] }],
};

/** Choose among the workspaces a caller belongs to; they never grant anything. */
const workspaceHeaders: Readonly<Record<string, RequestHeader>> = {
  'X-Workspace-Id': {
    description:
      'The workspace to work in, one of yours; left out: the first one you joined, or the one of the API key. Another one is 404.',
    schema: { type: 'string', maxLength: 64 },
  },
  'X-Org-Id': {
    description: 'The same as `X-Workspace-Id`. When both are sent they must agree, else 400.',
    schema: { type: 'string', maxLength: 64 },
  },
};

/** Choose for whom an API key acts; they never grant anything. */
const actorHeaders: Readonly<Record<string, RequestHeader>> = {
  'X-User-Id': {
    description:
      'With an API key that may act for members: the username of the one it acts for now. The call then does what both may do, and the audit keeps both. Nobody of that name in the workspace is 404. Other callers cannot choose: it is ignored.',
    schema: { type: 'string', maxLength: 100 },
  },
  'X-Actor': {
    description: 'The same as `X-User-Id`. When both are sent they must agree, else 400.',
    schema: { type: 'string', maxLength: 100 },
  },
};
