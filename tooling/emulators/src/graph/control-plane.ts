import { controlDone, controlFaults, controlProblem, openControl } from '../http/control.ts';
import type { Json, JsonObject } from '../http/json.ts';
import type { WireReply, WireRequest } from '../http/wire.ts';
import type { Emulator } from './context.ts';
import { isGraphPermission } from './permissions.ts';
import { objectList, policyShapes } from './policy-shapes.ts';
import { createPolicy } from './policy-writes.ts';
import type { EmulatorSettings } from './settings.ts';
import { findTenant, isPolicySegment, type TenantWorld } from './world.ts';

const done = controlDone;
const problem = controlProblem;

/** `/__emulator/...`: what no real service offers. */
export function controlPlane(
  emulator: Emulator,
  request: WireRequest,
  adminToken: string | undefined,
): WireReply {
  const call = openControl(request, adminToken);
  if ('refused' in call) return call.refused;
  const { verb, body } = call;
  const rest = [...call.rest];
  switch (verb) {
    case 'GET ledger':
      return { status: 200, body: { entries: emulator.ledger.list() as unknown as Json } };
    case 'DELETE ledger':
      emulator.ledger.clear();
      return done;
    case 'PUT settings':
      emulator.settings = { ...emulator.settings, ...(body as Partial<EmulatorSettings>) };
      return done;
    case 'DELETE tokens':
      emulator.tokens.expire(rest[0]);
      return done;
    case 'POST reset':
      emulator.reset();
      return done;
    default:
      return (
        controlFaults(emulator.faults, call) ??
        (verb.endsWith(' tenants')
          ? tenantControl(emulator, { request, rest, body })
          : problem(404, 'Not found.'))
      );
  }
}

interface TenantRequest {
  request: WireRequest;
  rest: string[];
  body: JsonObject;
}

function tenantControl(emulator: Emulator, { request, rest, body }: TenantRequest): WireReply {
  const [name, area, ...ids] = rest;
  const tenant = findTenant(emulator.world, name ?? '');
  if (tenant === undefined) return problem(404, 'No such tenant.');
  const reply = changeTenant(tenant, { method: request.method, area, ids, body });
  if (reply === undefined) return problem(404, 'Not found.');
  // Consent and roles act at once in the demo: tokens issued under the old grants end here.
  if (area === 'consent' || area === 'roles') emulator.tokens.expire(tenant.alias);
  emulator.changed(tenant);
  return reply;
}

interface TenantChange {
  method: string;
  area: string | undefined;
  ids: string[];
  body: JsonObject;
}

function changeTenant(tenant: TenantWorld, change: TenantChange): WireReply | undefined {
  const { area, body, method } = change;
  switch (`${method} ${area ?? ''}`) {
    case 'PUT consent':
      tenant.consent = body.granted === true;
      tenant.app.granted = tenant.consent ? [...tenant.app.requested] : [];
      if (body.answer === 'grant' || body.answer === 'deny') tenant.consentAnswer = body.answer;
      return done;
    case 'PUT roles': {
      const grant = (Array.isArray(body.grant) ? body.grant : []).filter(isGraphPermission);
      const revoke = (Array.isArray(body.revoke) ? body.revoke : []).filter(isGraphPermission);
      const kept = tenant.app.granted.filter((role) => !revoke.includes(role));
      tenant.app.granted = [...new Set([...kept, ...grant])];
      return { status: 200, body: { granted: [...tenant.app.granted] } };
    }
    case 'PUT app':
      if (typeof body.secret === 'string') tenant.app.secret = body.secret;
      if (typeof body.secretExpiresAt === 'string') tenant.app.secretExpiresAt = body.secretExpiresAt;
      if (body.secretExpiresAt === null) tenant.app.secretExpiresAt = null;
      return done;
    case 'DELETE delta-tokens':
      tenant.nextSeq += 1;
      tenant.deltaFloor = tenant.nextSeq;
      tenant.groupChanges.push({ seq: tenant.nextSeq, id: '', removed: true });
      return done;
    default:
      if (area === 'policies') return changePolicy(tenant, change);
      if (area === 'role-definitions') return changeRoleDefinition(tenant, change);
      return area === 'groups' ? changeGroup(tenant, change) : undefined;
  }
}

/** Creates, edits (any property, the type included) or deletes a policy behind the caller's back. */
function changePolicy(tenant: TenantWorld, { method, ids, body }: TenantChange): WireReply | undefined {
  const [segment, id] = ids;
  if (segment === undefined || !isPolicySegment(segment)) return undefined;
  if (method === 'POST' && id === undefined) {
    const policy = createPolicy(tenant, segment, body);
    return typeof policy === 'string' ? problem(400, policy) : { status: 201, body: { id: policy.body.id } };
  }
  const policy = tenant.policies[segment].get(id ?? '');
  if (policy === undefined) return problem(404, 'No such policy.');
  if (method === 'DELETE') {
    tenant.policies[segment].delete(policy.body.id);
    return done;
  }
  if (method !== 'PATCH') return undefined;
  const { related } = policyShapes[segment];
  const list = related === undefined ? undefined : objectList(body[related]);
  if (related !== undefined && list !== undefined) {
    policy.related = list;
    delete body[related];
  }
  Object.assign(policy.body, body, { id: policy.body.id, lastModifiedDateTime: new Date().toISOString() });
  return done;
}

/** Creates, edits or deletes a role definition of Entra or of Intune. */
function changeRoleDefinition(
  tenant: TenantWorld,
  { method, ids, body }: TenantChange,
): WireReply | undefined {
  const list = { entra: 'directoryRoles', intune: 'intuneRoles' } as const;
  const [source, named] = ids;
  if (source !== 'entra' && source !== 'intune') return undefined;
  const id = named ?? (typeof body.id === 'string' ? body.id : undefined);
  if (id === undefined) return problem(400, 'A role definition needs an id.');
  const others = tenant[list[source]].filter((role) => role.body.id !== id);
  const known = tenant[list[source]].find((role) => role.body.id === id);
  if (method !== 'POST' && known === undefined) return problem(404, 'No such role definition.');
  tenant.nextSeq += 1;
  if (method === 'DELETE') tenant[list[source]] = others;
  else {
    const role = { seq: known?.seq ?? tenant.nextSeq, body: { ...known?.body, ...body, id } };
    tenant[list[source]] = [...others, role];
  }
  return done;
}

/** Creates, renames or deletes a group; each change is told by /groups/delta. */
function changeGroup(tenant: TenantWorld, { method, ids, body }: TenantChange): WireReply | undefined {
  const id = ids[0] ?? (typeof body.id === 'string' ? body.id : undefined);
  if (id === undefined) return problem(400, 'A group needs an id.');
  const known = tenant.groups.get(id);
  if (method !== 'POST' && known === undefined) return problem(404, 'No such group.');
  tenant.nextSeq += 1;
  if (method === 'DELETE') tenant.groups.delete(id);
  else if (method === 'POST') tenant.groups.set(id, { seq: tenant.nextSeq, body: { ...body, id } });
  else if (method === 'PATCH') Object.assign(known?.body ?? {}, body, { id });
  else return undefined;
  const properties = method === 'PATCH' ? { properties: Object.keys(body) } : {};
  tenant.groupChanges.push({ seq: tenant.nextSeq, id, removed: method === 'DELETE', ...properties });
  return method === 'POST' ? { status: 201, body: { id } } : done;
}
