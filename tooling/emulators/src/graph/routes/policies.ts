import { type JsonObject, jsonText } from '../../http/json.ts';
import { parseBody, type WireReply } from '../../http/wire.ts';
import type { Route, RouteCall } from '../context.ts';
import { contextLink, listReply } from '../list-reply.ts';
import { project } from '../odata.ts';
import { policyShapes, showPolicy } from '../policy-shapes.ts';
import { assignPolicy, createPolicy, patchPolicy, replacePolicy, scheduleActions } from '../policy-writes.ts';
import { badRequest, notFound } from '../protocol.ts';
import { type PolicySegment, policySegments, type Stored, type StoredPolicy } from '../world.ts';

const readers = [
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
] as const;
const writers = ['DeviceManagementConfiguration.ReadWrite.All'] as const;

/** A handler with the policy already found and, for writes, the body already parsed. */
type OnPolicy = (call: RouteCall, policy: StoredPolicy, body: JsonObject) => WireReply;

function routesOf(segment: PolicySegment): Route[] {
  const shape = policyShapes[segment];
  const base = `^/deviceManagement/${segment}`;
  const common = { versions: shape.versions, area: 'intune' } as const;
  const read = { ...common, anyOf: readers };
  const write = { ...common, anyOf: writers };
  const one = `${base}(?:/(?<id>[^/()]+)|\\('(?<key>[^']+)'\\))`;
  const show = (call: RouteCall, policy: StoredPolicy): JsonObject => {
    const expand = call.request.url.searchParams.get('$expand') ?? '';
    return showPolicy(policy, { segment, version: call.version, expand });
  };
  const entity = (call: RouteCall, policy: StoredPolicy): JsonObject => {
    const select = call.request.url.searchParams.get('$select')?.split(',');
    return { '@odata.context': `${contextLink(call)}/$entity`, ...project(show(call, policy), select) };
  };
  const onPolicy =
    (handler: OnPolicy, needsBody = true) =>
    (call: RouteCall): WireReply => {
      const policy = call.tenant.policies[segment].get(call.path.id ?? call.path.key ?? '');
      if (policy === undefined) return notFound(call.request, 'intune');
      const body = needsBody ? parseBody(call.request) : {};
      if (body === undefined) return badRequest(call.request, 'intune', 'The body is not a JSON object.');
      return handler(call, policy, body);
    };
  const changing = (
    change: (call: RouteCall, policy: StoredPolicy, body: JsonObject) => string | undefined,
    answer: (call: RouteCall, policy: StoredPolicy) => WireReply,
  ) =>
    onPolicy((call, policy, body) => {
      const problem = change(call, policy, body);
      if (problem !== undefined) return badRequest(call.request, 'intune', problem);
      call.emulator.changed(call.tenant);
      return answer(call, policy);
    });
  const whole = (call: RouteCall, policy: StoredPolicy): WireReply => ({
    status: 200,
    body: entity(call, policy),
  });
  const assigned = (call: RouteCall, policy: StoredPolicy): WireReply =>
    listReply(call, asStored(policy.assignments));
  const routes: Route[] = [
    {
      ...read,
      method: 'GET',
      pattern: new RegExp(`${base}$`),
      handle: (call) =>
        listReply(call, call.tenant.policies[segment].values(), {
          throttleOnce: segment === 'deviceConfigurations',
          view: (item) => show(call, item as StoredPolicy),
        }),
    },
    {
      ...write,
      method: 'POST',
      pattern: new RegExp(`${base}$`),
      handle: (call) => {
        const body = parseBody(call.request);
        const policy =
          body === undefined ? 'The body is not a JSON object.' : createPolicy(call.tenant, segment, body);
        if (typeof policy === 'string') return badRequest(call.request, 'intune', policy);
        call.emulator.changed(call.tenant);
        return { status: 201, body: entity(call, policy) };
      },
    },
    { ...read, method: 'GET', pattern: new RegExp(`${one}$`), handle: onPolicy(whole, false) },
    {
      ...write,
      method: 'PATCH',
      pattern: new RegExp(`${one}$`),
      handle: changing((_call, policy, body) => patchPolicy(policy, segment, body), whole),
    },
    {
      ...write,
      method: 'DELETE',
      pattern: new RegExp(`${one}$`),
      handle: onPolicy((call, policy) => {
        call.tenant.policies[segment].delete(policy.body.id);
        call.emulator.changed(call.tenant);
        return { status: 204 };
      }, false),
    },
    { ...read, method: 'GET', pattern: new RegExp(`${one}/assignments$`), handle: onPolicy(assigned, false) },
    {
      ...write,
      method: 'POST',
      pattern: new RegExp(`${one}/assign$`),
      handle: changing((call, policy, body) => assignPolicy(call.tenant, policy, body), assigned),
    },
  ];
  if (segment === 'configurationPolicies') {
    routes.push(
      {
        ...read,
        method: 'GET',
        pattern: new RegExp(`${one}/settings$`),
        handle: onPolicy((call, policy) => listReply(call, asStored(policy.related)), false),
      },
      {
        ...write,
        method: 'PUT',
        pattern: new RegExp(`${one}$`),
        handle: changing(
          (_call, policy, body) => replacePolicy(policy, segment, body),
          () => ({ status: 204 }),
        ),
      },
    );
  }
  if (segment === 'deviceCompliancePolicies') {
    routes.push({
      ...write,
      method: 'POST',
      pattern: new RegExp(`${one}/scheduleActionsForRules$`),
      handle: changing(
        (_call, policy, body) => scheduleActions(policy, body),
        () => ({ status: 204 }),
      ),
    });
  }
  return routes;
}

function asStored(objects: readonly JsonObject[]): Stored[] {
  return objects.map((body, index) => ({
    seq: index + 1,
    body: { ...body, id: jsonText(body.id ?? index) },
  }));
}

/** The three policy families: list, read, create, update, delete, assignments, assign. */
export const policyRoutes: readonly Route[] = policySegments.flatMap(routesOf);
