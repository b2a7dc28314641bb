import { timingSafeEqual } from 'node:crypto';
import type { Emulator } from './context.ts';
import type { FaultRule } from './faults.ts';
import type { Json, JsonObject } from './json.ts';
import { isGraphPermission } from './permissions.ts';
import { objectList, policyShapes } from './policy-shapes.ts';
import { createPolicy } from './policy-writes.ts';
import { parseBody, type WireReply, type WireRequest } from './protocol.ts';
import type { EmulatorSettings } from './settings.ts';
import { findTenant, isPolicySegment, type TenantWorld } from './world.ts';

/** The header that opens the control plane. */
export const adminTokenHeader = 'x-emulator-admin-token';

const done: WireReply = { status: 204 };
const problem = (status: number, message: string): WireReply => ({ status, body: { message } });

/**
 * `/__emulator/...`: what no real service offers. It answers 404 without a configured token or with a wrong
 * one, so that it does not exist for those who may not use it.
 */
export function controlPlane(
  emulator: Emulator,
  request: WireRequest,
  adminToken: string | undefined,
): WireReply {
  const given = Buffer.from(request.headers[adminTokenHeader] ?? '');
  const wanted = Buffer.from(adminToken ?? '');
  const open = wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
  if (!open) return problem(404, 'Not found.');
  const [, , area, ...rest] = decodeURIComponent(request.url.pathname).split('/');
  const body = request.body === '' ? {} : parseBody(request);
  if (body === undefined) return problem(400, 'The body is not a JSON object.');
  switch (`${request.method} ${area ?? ''}`) {
    case 'GET faults':
      return { status: 200, body: { faults: emulator.faults.list() as unknown as Json } };
    case 'POST faults':
      emulator.faults.add(readFault(body));
      return { status: 201, body: {} };
    case 'DELETE faults':
      emulator.faults.clear();
      return done;
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
      return area === 'tenants'
        ? tenantControl(emulator, { request, rest, body })
        : problem(404, 'Not found.');
  }
}

/** Only loopback callers with the token reach this, so a fault is taken as given but for its defaults. */
function readFault(body: JsonObject): FaultRule {
  const given = body as unknown as Partial<FaultRule>;
  return { ...given, match: given.match ?? {}, times: given.times ?? 1 };
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
