import { createHash } from 'node:crypto';
import { callerName } from '@signalbox/domain/access/principal';
import { isServerProvider, type Provider } from '@signalbox/domain/connection/providers';
import { canonicalJson, type Json, type JsonObject, workText } from '@signalbox/domain/gate/canonical';
import type { GateReason } from '@signalbox/domain/gate/gate-reasons';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { operationRule } from '@signalbox/domain/operation/registry';
import type { OperationRule } from '@signalbox/domain/operation/rule';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { resolveTarget } from './resolve-target.ts';

/** A start whose target is settled, so that two ways of naming the same work have the same hash. */
export interface PreparedStart {
  readonly request: StartRequest;
  readonly rule: OperationRule;
  /** The input with its target filled in; this is what the run keeps. */
  readonly input: JsonObject;
  readonly targetProblem: GateReason | null;
  /** Templates of the scopes it will hold; only tenant and connection are still to be filled in. */
  readonly scopes: readonly string[];
  /** The provider it reaches; null for work that needs no connection. */
  readonly provider: Provider | null;
  /** SHA-256 of the work, hex; the connection is added when the gate has chosen it. */
  readonly workHash: string;
  /** Whose Idempotency-Keys it shares. */
  readonly principalKey: string;
}

/** Fields that are sets: the same ones in another order are the same work. */
const sets: readonly string[] = ['policyIds', 'itemIds', 'kinds'];

/** Settles the target of a start and computes what makes it equal to another. */
export async function prepareStart(tx: WorkspaceTransaction, request: StartRequest): Promise<PreparedStart> {
  const rule = operationRule(request.operation);
  const { input, problem } = await resolveTarget(tx, rule, request);
  const text = workText({ ...request, input: inOrder(input) });
  return {
    request,
    rule,
    input,
    targetProblem: problem,
    scopes: request.scopes ?? scopesOf(rule, input),
    provider: providerOf(rule, input),
    workHash: createHash('sha256').update(text).digest('hex'),
    principalKey: callerName(request.principal),
  };
}

/** The provider of work on an infra is the one its settings name. */
function providerOf({ provider }: OperationRule, input: JsonObject): Provider | null {
  if (provider !== 'of_infra') return provider;
  if (!isServerProvider(input.provider)) throw new Error('The work on an infra names no provider.');
  return input.provider;
}

/** The scopes of the rule, with the infras that the input names. */
function scopesOf({ scopes, target }: OperationRule, input: JsonObject): readonly string[] {
  const named = target === 'infra' ? [input.infra] : target === 'infras' ? input.infras : null;
  if (!Array.isArray(named)) return scopes;
  return scopes.flatMap((template) => named.map((infra) => template.replaceAll('{infra}', String(infra))));
}

function inOrder(input: JsonObject): JsonObject {
  const fields = Object.entries(input).map(([name, value]): [string, Json] => {
    if (!sets.includes(name) || !Array.isArray(value)) return [name, value];
    return [name, [...new Set<Json>(value)].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))];
  });
  return Object.fromEntries(fields);
}
