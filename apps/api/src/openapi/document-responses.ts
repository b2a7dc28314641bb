import type { ContractFacts, Dialect } from '@signalbox/contracts/openapi/operation';
import type { OpenAPIObject } from 'trpc-to-openapi';
import { problemCatalogue } from '../errors/problem-catalogue.ts';

type Responses = Record<string, object>;
type Family = 'problem' | 'provisioning' | 'message';

const media: Readonly<Record<Family, object>> = {
  problem: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  provisioning: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } },
  message: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorMessage' } } },
};

/** What the HTTP layer may answer for any operation, before the operation is asked. */
const wireStatuses = {
  408: problemCatalogue.request_timeout.detail,
  431: problemCatalogue.headers_too_large.detail,
  500: problemCatalogue.internal_error.detail,
} as const;
const bodyStatuses = {
  413: problemCatalogue.payload_too_large.detail,
  415: problemCatalogue.unsupported_media_type.detail,
} as const;

/** What the runs contract answers at the limit. */
const quotaMedia = {
  'application/json': {
    schema: {
      allOf: [
        { $ref: '#/components/schemas/ErrorMessage' },
        {
          type: 'object',
          required: ['current', 'limit', 'period'],
          properties: {
            current: { type: 'integer', description: 'Runs of this period that count' },
            limit: { type: 'integer' },
            period: { type: 'string', format: 'date', description: 'First day of the month in UTC' },
          },
        },
      ],
    },
  },
};

const requestIdHeader = { $ref: '#/components/headers/RequestId' };

const limitHeaders = {
  'RateLimit-Limit': { $ref: '#/components/headers/RateLimitLimit' },
  'RateLimit-Remaining': { $ref: '#/components/headers/RateLimitRemaining' },
  'RateLimit-Reset': { $ref: '#/components/headers/RateLimitReset' },
};

/** The error envelope of a dialect. */
export function familyOf(dialect: Dialect): Family {
  if (dialect === 'provisioning') return 'provisioning';
  return dialect === 'runs' || dialect === 'onboarding' ? 'message' : 'problem';
}

function shared(family: Family): Responses {
  return Object.fromEntries(
    Object.entries({ ...wireStatuses, ...bodyStatuses }).map(([status, description]) => [
      `${family}${status}`,
      { description, headers: { 'X-Request-Id': requestIdHeader }, content: media[family] },
    ]),
  );
}

/** Responses that operations have in common, written once for each error envelope they speak. */
export function sharedResponses(
  dialects: readonly Dialect[],
): NonNullable<NonNullable<OpenAPIObject['components']>['responses']> {
  const families = [...new Set(dialects.map(familyOf))];
  return Object.assign({}, ...families.map(shared));
}

/** The header every answer carries, and those of answers that count against a limit. */
export const sharedHeaders = {
  RateLimitLimit: {
    description: 'Requests a minute that this caller has. On every answer of an operation that counts.',
    schema: { type: 'integer' as const, minimum: 0 },
  },
  RateLimitRemaining: {
    description: 'Requests that are left in this minute.',
    schema: { type: 'integer' as const, minimum: 0 },
  },
  RateLimitReset: {
    description: 'Seconds until the minute is over.',
    schema: { type: 'integer' as const, minimum: 0 },
  },
  RequestId: {
    description: 'Names this request in our log; quote it when you report a fault.',
    schema: { type: 'string' as const, format: 'uuid' },
  },
};

/** Every status an operation may answer, with its real media type and headers. */
export function documentResponses(
  facts: ContractFacts,
  schema: object,
): NonNullable<NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>['responses']> {
  const family = familyOf(facts.dialect);
  const responses: Responses = {};
  for (const [status, description] of Object.entries(facts.success)) {
    const example = facts.examples?.response?.[Number(status) as 200];
    responses[status] = {
      description,
      headers: headersFor(facts, Number(status)),
      content: {
        [facts.media?.json ?? 'application/json']: { schema, ...(example === undefined ? {} : { example }) },
        ...(facts.media?.html === true && page),
      },
    };
  }
  for (const [status, description] of Object.entries(facts.errors)) {
    const content = facts.dialect === 'runs' && status === '402' ? quotaMedia : errorMedia(facts);
    responses[status] = { description, headers: headersFor(facts, Number(status)), content };
  }
  if (facts.media !== undefined) {
    // Whoever accepts no page is told in JSON, also that there is nothing they accept.
    const { detail } = problemCatalogue.not_acceptable;
    responses[406] = { description: detail, headers: headersFor(facts, 406), content: media[family] };
  }
  const withBody = facts.method !== 'GET' && facts.method !== 'DELETE';
  for (const [status, description] of Object.entries(
    withBody ? { ...wireStatuses, ...bodyStatuses } : wireStatuses,
  )) {
    responses[status] =
      facts.media?.html === true
        ? { description, headers: headersFor(facts, Number(status)), content: errorMedia(facts) }
        : { $ref: `#/components/responses/${family}${status}` };
  }
  return responses;
}

/** A page that says the same, for whoever prefers one. */
const page = { 'text/html': { schema: { type: 'string' as const } } };

function errorMedia(facts: ContractFacts): object {
  return { ...media[familyOf(facts.dialect)], ...(facts.media?.html === true && page) };
}

function headersFor(facts: ContractFacts, status: number): object {
  const own = Object.entries(facts.responseHeaders ?? {})
    .filter(([, header]) => header.statuses.some((each) => each === status))
    .map(([name, { description, schema }]) => [name, { description, schema }]);
  const retry = status === 429 || status === 503 ? { 'Retry-After': retryAfter } : {};
  const limit = status === 429 ? limitHeaders : {};
  return { 'X-Request-Id': requestIdHeader, ...retry, ...limit, ...Object.fromEntries(own) };
}

const retryAfter = {
  description: 'Seconds until trying again makes sense.',
  schema: { type: 'integer' as const, minimum: 0 },
};
