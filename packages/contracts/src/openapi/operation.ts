import type { OpenApiMeta } from 'trpc-to-openapi';
import type { z } from 'zod';

/** Whose words and error envelope an operation speaks: the reference contract it belongs to, or our own `/v1`. */
export type Dialect = 'native' | 'admin-runs' | 'provisioning' | 'provider-dispatch' | 'onboarding' | 'runs';

/** Statuses an operation may answer with when it did what was asked. */
export type SuccessStatus = 200 | 201 | 202;

/** Statuses an operation may refuse with. The wire-level ones (405, 406, 408, 413, 415, 431, 500) are added. */
export type ErrorStatus = 400 | 401 | 402 | 403 | 404 | 409 | 422 | 429 | 503;

/** Media types of a success where a reference contract names its own; `application/json` in Accept asks for `json` too. */
export interface MediaFacts {
  readonly json: `application/vnd.${string}+json`;
  /** True where the same answer is given as a page to whoever prefers `text/html`. */
  readonly html: boolean;
}

/** A header an answer may carry, and with which statuses. */
export interface ResponseHeader {
  readonly description: string;
  readonly schema: { readonly type: 'string' | 'integer'; readonly format?: string };
  readonly statuses: readonly (SuccessStatus | ErrorStatus)[];
}

/** A header a caller may send. Sent or not, it never grants anything. */
export interface RequestHeader {
  readonly description: string;
  readonly schema: { readonly type: 'string'; readonly maxLength?: number };
}

/**
 * What the HTTP layer and the document must know of one operation beyond its two schemas. The served document and
 * the server's own checks are both made from this, so they cannot disagree.
 */
export interface ContractFacts {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly operationId: string;
  /** One line, imperative: "Start a run". */
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly [string, ...string[]];
  readonly success: Partial<Record<SuccessStatus, string>>;
  readonly errors: Partial<Record<ErrorStatus, string>>;
  /**
   * `none`: a body is ignored when it is well-formed JSON. `optional`: an absent body means `{}`.
   * `required`: an absent body is 400, asked after 401, 404 and 403.
   */
  readonly body: 'none' | 'optional' | 'required';
  readonly dialect: Dialect;
  /** Left out: plain JSON, whatever is accepted. Given: chosen by Accept, and 406 where nothing fits. */
  readonly media?: MediaFacts;
  /**
   * `none` is public. `caller` takes a person's session (the console's cookie or a bearer token) or an API key; `person`
   * takes a session only, since it is about the person. `secret` takes a shared secret in a header of its own where one
   * is set, and a caller where none is.
   */
  readonly security: 'none' | 'caller' | 'person' | 'secret';
  readonly requestHeaders?: Readonly<Record<string, RequestHeader>>;
  readonly responseHeaders?: Readonly<Record<string, ResponseHeader>>;
  readonly examples?: {
    readonly request?: Readonly<Record<string, unknown>>;
    readonly response?: Partial<Record<SuccessStatus, unknown>>;
  };
}

/** The `meta` a procedure carries: the part the bridge reads and the part our guard and document read. */
export interface ContractMeta {
  readonly openapi: NonNullable<OpenApiMeta['openapi']>;
  readonly contract: ContractFacts;
}

/** One operation of the API: its facts, what it takes and what it answers. */
export interface Contract<TInput extends z.ZodObject, TOutput extends z.ZodType> {
  readonly meta: ContractMeta;
  readonly input: TInput;
  readonly output: TOutput;
}

/**
 * Binds the facts of an operation to its schemas. The input is one object holding path parameters, and query (GET,
 * DELETE) or body members (POST, PATCH, PUT); the bridge cannot take a union there, so refine an object instead.
 */
export function defineContract<TInput extends z.ZodObject, TOutput extends z.ZodType>(
  facts: ContractFacts,
  schemas: { readonly input: TInput; readonly output: TOutput },
): Contract<TInput, TOutput> {
  return {
    meta: {
      openapi: {
        enabled: true,
        method: facts.method,
        path: facts.path,
        operationId: facts.operationId,
        summary: facts.summary,
        description: facts.description,
        tags: [...facts.tags],
        protect: facts.security !== 'none',
        // The bridge knows one error shape only; the real statuses are written from `contract` instead.
        errorResponses: [],
      },
      contract: facts,
    },
    input: schemas.input,
    output: schemas.output,
  };
}
