import type { ContractFacts, ContractMeta } from '@signalbox/contracts/openapi/operation';
import type { AnyRouter } from '@trpc/server';
import { z } from 'zod';
import { requireSecretOrOwner } from '../access/workspace-procedures.ts';
import { acceptable, requireCaller, requirePerson, wellFormed } from '../trpc.ts';

/** A procedure that is served over REST. */
export interface RestOperation {
  /** Its place in the router, e.g. `run.get`. */
  readonly procedure: string;
  readonly facts: ContractFacts;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Names of the path's parameters, in order. */
  readonly pathNames: readonly string[];
}

interface ProcedureDefinition {
  readonly type: string;
  readonly meta?: Partial<ContractMeta>;
  readonly inputs: readonly unknown[];
  readonly output?: unknown;
  readonly middlewares: readonly { readonly _type?: string }[];
}

/**
 * The REST operations of a router, each checked: a procedure whose order of questions would let a bad request outrun
 * a 401 or 404 keeps the server from starting, as does one whose schemas the bridge cannot serve.
 */
export function restOperations(router: AnyRouter): RestOperation[] {
  const seen = new Set<string>();
  const operations: RestOperation[] = [];
  for (const [name, procedure] of Object.entries(router._def.procedures)) {
    const definition = (procedure as { _def: ProcedureDefinition })._def;
    const facts = definition.meta?.contract;
    if (facts === undefined || definition.type === 'subscription') continue;
    const problem = orderProblem(definition, facts) ?? duplicate(seen, facts);
    if (problem !== null) throw new Error(`The procedure ${name} cannot be served: ${problem}`);
    operations.push({ procedure: name, facts, ...schemas(name, definition), pathNames: namesIn(facts.path) });
  }
  return operations;
}

function orderProblem(definition: ProcedureDefinition, facts: ContractFacts): string | null {
  const order = definition.middlewares;
  const input = order.findIndex((step) => step._type === 'input');
  const [caller, person, secret, formed, fits] = [
    requireCaller,
    requirePerson,
    requireSecretOrOwner,
    wellFormed,
    acceptable,
  ].map((step) => order.indexOf(step._middlewares[0] as (typeof order)[number]));
  if (input === -1) return 'it has no .input()';
  if (formed !== input - 1) return '.use(wellFormed) must stand right before .input()';
  if (facts.security === 'secret' && secret !== 0) return 'it must begin with tierProcedure';
  if (facts.security !== 'none' && facts.security !== 'secret' && caller !== 0)
    return 'it must begin with callerProcedure';
  if ((facts.security === 'person') !== (person === 1)) return 'it must begin with personProcedure';
  if ((facts.media !== undefined) !== (fits === input + 1))
    return '.use(acceptable) must stand right after .input() where the contract names media types, and only there';
  // The last one is the procedure itself.
  if (order.slice(input + 1, -1).some((step, at) => step._type === undefined && input + 1 + at !== fits)) {
    return 'visibility and capability must be asked before .input()';
  }
  return null;
}

function duplicate(seen: Set<string>, facts: ContractFacts): string | null {
  const keys = [`${facts.method} ${facts.path}`, facts.operationId];
  const taken = keys.find((key) => seen.has(key));
  for (const key of keys) seen.add(key);
  return taken === undefined ? null : `${taken} is served twice`;
}

function schemas(name: string, definition: ProcedureDefinition): Pick<RestOperation, 'input' | 'output'> {
  const [input] = definition.inputs;
  const { output } = definition;
  if (!(input instanceof z.ZodObject) || !(output instanceof z.ZodType)) {
    throw new Error(`The procedure ${name} needs an object as input and an output.`);
  }
  return { input, output };
}

/** `/v1/runs/{id}` has the parameter `id`. */
function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
}
