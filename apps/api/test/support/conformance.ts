import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface DocumentedResponse {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly responses: Readonly<Record<string, DocumentedResponse>> }>>
    >
  >;
  readonly components: { readonly responses: Readonly<Record<string, DocumentedResponse>> };
}

/** An answer as a test got it. */
export interface ObservedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** Compares answers with the served document: the status must be documented and the body have its shape. */
export class Conformance {
  readonly #document: Document;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #routes: { readonly pattern: RegExp; readonly path: string }[];

  constructor(document: unknown) {
    this.#document = document as Document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    formats.default(this.#ajv);
    this.#ajv.addSchema({ ...(document as object), $id: 'doc:/' });
    this.#routes = Object.keys(this.#document.paths)
      // Fixed segments win over parameters, as they do on the server.
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) }));
  }

  /** What is wrong with the answer; null when it is as documented. Answers of unknown paths are nobody's promise. */
  fault(answer: ObservedAnswer): string | null {
    const bare = answer.path.split('?', 1)[0] ?? '';
    const route = this.#routes.find(({ pattern }) => pattern.test(bare));
    const operation = route && this.#document.paths[route.path]?.[answer.method.toLowerCase()];
    if (route === undefined || operation === undefined) return null;
    const where = `${answer.method} ${route.path} answered ${answer.status}`;
    const stated = operation.responses[String(answer.status)];
    if (stated === undefined) return `${where}, which the document does not state`;
    const response = stated.$ref === undefined ? stated : this.#shared(stated.$ref);
    // A page says its charset, which the document leaves out.
    const media = answer.contentType.replace(/^text\/html; charset=utf-8$/, 'text/html');
    const schema = response.content?.[media]?.schema;
    if (schema === undefined) return `${where} as ${answer.contentType}, which the document does not state`;
    const validate = this.#validator(JSON.stringify(schema));
    return validate(answer.body)
      ? null
      : `${where} in another shape: ${this.#ajv.errorsText(validate.errors)}`;
  }

  #shared(reference: string): DocumentedResponse {
    return this.#document.components.responses[reference.split('/').at(-1) ?? ''] ?? {};
  }

  #validator(schema: string): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const made = this.#ajv.compile(
      JSON.parse(schema, (key, value) =>
        key === '$ref' && typeof value === 'string' && value.startsWith('#/') ? `doc:/${value}` : value,
      ) as object,
    );
    this.#validators.set(schema, made);
    return made;
  }
}
