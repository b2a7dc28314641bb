import { sessionErrors } from '@signalbox/contracts/openapi/common-errors';
import type { ContractFacts } from '@signalbox/contracts/openapi/operation';
import type { OpenAPIObject } from 'trpc-to-openapi';
import { problemCatalogue } from '../errors/problem-catalogue.ts';
import { documentResponses } from './document-responses.ts';

type Path = NonNullable<OpenAPIObject['paths']>[string];

const text = { type: 'string' as const };
const refusal = { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } };

const facts = {
  method: 'GET',
  path: '/ws',
  operationId: 'openEventStream',
  summary: 'WebSocket connection',
  description:
    'Tells what happens to the provisioning tasks and batches of the workspace, as messages of the shape `WebSocketEvent`. This is an upgrade and no HTTP operation. Each event is told once and in the order of its task; `?after=` with the `cursor` of the last event resumes without a gap. Closed with 4400 when no known event is named, 4401 when the credential has ended, 4404 when the cursor cannot be resumed after (read the state anew), 4408 when more than 1 MiB is waiting to be read. Asks for the capability `run.read`.',
  tags: ['WebSocket'],
  success: {},
  errors: {
    ...sessionErrors,
    401: 'Authentication failed',
    403: 'The caller lacks the capability `run.read`, or a page of another site asks.',
  },
  body: 'none',
  dialect: 'provisioning',
  security: 'none',
} as const satisfies ContractFacts;

/** The event stream as the document has it, for reference: an upgrade is no operation of the bridge. */
export function wsPath(): Path {
  const { operationId, summary, description } = facts;
  return {
    get: {
      ...{
        operationId,
        summary,
        description,
        tags: [...facts.tags],
        security: [{ eventToken: [] }, { sessionCookie: [] }],
      },
      parameters: [
        {
          name: 'token',
          in: 'query',
          required: true,
          description:
            'A ticket of `POST /v1/auth/ws-ticket`, or an access token. Only a page of the console, which has its cookie, leaves it out.',
          schema: text,
        },
        {
          name: 'events',
          in: 'query',
          description:
            'Comma-separated list of event types to subscribe to, or `task`, `batch`, `system`; all of them when left out.',
          schema: text,
          example: 'TaskStatusChanged,WorkflowProgressUpdate',
        },
        {
          name: 'after',
          in: 'query',
          description: '`metadata.cursor` of the last event that was received, at most a day old.',
          schema: text,
        },
        {
          name: 'workspace',
          in: 'query',
          description: 'As `X-Workspace-Id`, where a header cannot be sent.',
          schema: { ...text, maxLength: 64 },
        },
      ],
      responses: {
        '101': {
          description: 'WebSocket connection established; each message has this shape',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/WebSocketEvent' } } },
          headers: {
            'X-Next-Cursor': { description: 'Resumes from the beginning of this stream.', schema: text },
          },
        },
        ...documentResponses(facts, {}),
        '426': { description: problemCatalogue.upgrade_required.detail, content: refusal },
        default: { description: 'Refused before the upgrade', content: refusal },
      },
    },
  };
}
