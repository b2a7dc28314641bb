import { expect, it } from 'vitest';
import { operationsDocument } from '../../src/openapi/document.ts';
import { restOperations } from '../../src/openapi/operations.ts';
import { appRouter } from '../../src/router.ts';

const document = JSON.parse(
  JSON.stringify(
    operationsDocument(appRouter, restOperations(appRouter), { version: '0.0.0', sockets: false }),
  ),
) as Document;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly default?: unknown;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly required?: boolean;
}
interface Served {
  readonly summary: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Served>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The names, kinds and bounds of a shape in one line; `!` marks what must be there. */
function written(given: Schema | undefined): string {
  const schema = resolved(given);
  if (schema === undefined) return 'nothing';
  const { anyOf, type, minItems, items, properties, required = [] } = schema;
  if (anyOf !== undefined) return anyOf.map(written).join('|');
  const kind = typeof type === 'string' ? type : (type ?? []).join('|');
  const rest = 'default' in schema ? `=${String(schema.default)}` : '';
  if (items !== undefined) return `[${written(items)}]${minItems === undefined ? '' : ` from ${minItems}`}`;
  if (properties === undefined) return `${kind}${rest}`;
  const members = Object.entries(properties).map(
    ([name, of]) => `${name}${required.includes(name) ? '!' : ''}: ${written(of)}`,
  );
  return `{ ${members.join(', ')} }`;
}

function resolved(schema: Schema | undefined): Schema | undefined {
  if (schema?.$ref === undefined) return schema;
  return resolved(document.components.schemas[schema.$ref.split('/').at(-1) ?? '']);
}

const vendor = (name: string) => `application/vnd.tenantpilot.${name}+json`;
const connection = '{ id: integer, provider: string, label: string }';
const steps = '[{ label!: string, description: string|null, href: string|null, actionType: string|null }]';
const outcome =
  'status!: string, operationType!: string, operatorVerb: string, operatorTarget: string, ' +
  `operatorMessage!: string, shortReason: string|null, providerConnection: ${connection}, ` +
  'run: { id: integer, url: string, status: string }, ' +
  `nextSteps: ${steps}, actions: [{ label!: string, href!: string, kind: string|null }]`;
const started = { media: vendor('provider-start-outcome'), answer: `{ ${outcome} }` };

/** The eight operations of the provider-dispatch contract as it states them. */
const contract = {
  'post /admin/t/{tenant}/provider-actions/{operation}/start': {
    ...started,
    summary: 'Start a tenant-scoped provider-backed operation',
    path: 'tenant string, operation string',
    body: 'may have { providerConnectionId: integer|null, sourceSurface: string, targetContext: object }',
  },
  'post /admin/provider-connections/{connection}/actions/{operation}/start': {
    ...started,
    summary: 'Start a provider-connection-scoped operation',
    path: 'connection integer, operation string',
    body: 'none',
  },
  'post /admin/t/{tenant}/restore-runs/{restoreRun}/execute': {
    ...started,
    summary: 'Execute a restore through the canonical provider start gate',
    path: 'tenant string, restoreRun integer',
    body: 'none',
  },
  'post /admin/t/{tenant}/directory/groups/sync': {
    ...started,
    summary: 'Start directory groups sync',
    path: 'tenant string',
    body: 'may have { selectionKey: string=all_groups_v1, providerConnectionId: integer|null }',
  },
  'post /admin/t/{tenant}/directory/role-definitions/sync': {
    ...started,
    summary: 'Start role definitions sync',
    path: 'tenant string',
    body: 'none',
  },
  'post /admin/onboarding/{session}/provider-actions/{operation}/start': {
    ...started,
    summary: 'Start an onboarding provider verification action',
    path: 'session integer, operation string',
    body: 'may have { providerConnectionId: integer|null, step: string }',
  },
  'post /admin/onboarding/{session}/provider-bootstrap/start': {
    media: vendor('onboarding-bootstrap-start-outcome'),
    answer: `{ ${outcome}, acceptedOperation: string|null, pendingOperations: [string] }`,
    summary: 'Start onboarding bootstrap work under sequential protected-scope admission',
    path: 'session integer',
    body: 'must have { providerConnectionId!: integer, selectedOperations!: [string] from 1, sourceSurface: string=onboarding.bootstrap }',
  },
  'get /admin/operations/{run}': {
    media: vendor('provider-backed-run-detail'),
    answer:
      '{ runId!: integer, operationType!: string, executionStatus!: string, outcome: string|null, ' +
      `providerConnection: ${connection}, protectedScope: { keys!: [string], held!: boolean, tenant: string }, ` +
      `shortReason: string|null, nextSteps: ${steps}, diagnosticsAvailable: boolean }`,
    summary: 'Canonical provider-backed operation run detail',
    path: 'run integer',
    body: 'none',
  },
};

it.each(Object.entries(contract))('%s is served as the contract states it', (place, stated) => {
  const [method = '', path = ''] = place.split(' ');
  const served = document.paths[path]?.[method];
  const body = served?.requestBody;
  const { media, answer, ...said } = stated;
  expect({
    summary: served?.summary,
    path: served?.parameters
      ?.filter((each) => each.in === 'path' && each.required === true)
      .map(({ name, schema }) => `${name} ${written(schema)}`)
      .join(', '),
    body:
      body === undefined
        ? 'none'
        : `${body.required === true ? 'must' : 'may'} have ${written(body.content?.['application/json']?.schema)}`,
  }).toEqual(said);
  expect(Object.keys(served?.responses ?? {})).toEqual(expect.arrayContaining(['200', '403', '404']));
  const content = served?.responses['200']?.content ?? {};
  expect(Object.keys(content).sort()).toEqual([media, 'text/html']);
  expect(written(content[media]?.schema)).toBe(answer);
});

it('all outcomes of the contract are known, and nothing but them', () => {
  expect(resolved(document.components.schemas.ProviderStartOutcome)?.properties?.status?.enum).toEqual([
    'accepted',
    'deduped',
    'scope_busy',
    'blocked',
  ]);
  const served = Object.entries(document.paths)
    .filter(([path]) => /^\/admin\/(t\/\{tenant\}|provider-connections|onboarding|operations)\//.test(path))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  expect(served.sort()).toEqual(Object.keys(contract).sort());
});
