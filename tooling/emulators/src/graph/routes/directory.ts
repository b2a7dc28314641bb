import type { JsonObject } from '../../http/json.ts';
import type { WireReply } from '../../http/wire.ts';
import type { Route, RouteCall } from '../context.ts';
import { contextLink, listReply, nextLink } from '../list-reply.ts';
import { project } from '../odata.ts';
import { graphAppRoles, graphPermissions, graphResourceAppId } from '../permissions.ts';
import { graphError, notFound } from '../protocol.ts';
import type { Stored, TenantWorld } from '../world.ts';

const both = ['v1.0', 'beta'] as const;
const directory = { method: 'GET', versions: both, area: 'directory' } as const;
const applicationRead = ['Application.Read.All', 'Directory.Read.All'] as const;
const groupRead = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'] as const;

const createdDateTime = '2025-02-03T09:00:00Z';

function servicePrincipals(call: RouteCall): Stored[] {
  const { app, graphServicePrincipalId, id } = call.tenant;
  const own = { id: app.servicePrincipalId, appId: app.appId, displayName: app.displayName, appRoles: [] };
  const graph = {
    id: graphServicePrincipalId,
    appId: graphResourceAppId,
    displayName: 'Microsoft Graph',
    appRoles: graphPermissions.map((value) => ({
      id: graphAppRoles[value],
      value,
      displayName: value,
      allowedMemberTypes: ['Application'],
      isEnabled: true,
    })),
  };
  return [own, graph].map((body, index) => ({
    seq: index + 1,
    body: { ...body, appOwnerOrganizationId: id, servicePrincipalType: 'Application', accountEnabled: true },
  }));
}

function findServicePrincipal(call: RouteCall): Stored | undefined {
  const { id, appId } = call.path;
  return servicePrincipals(call).find(({ body }) => body.id === id || body.appId === appId);
}

function appRoleAssignments(call: RouteCall): WireReply {
  const principal = findServicePrincipal(call);
  if (principal === undefined) return notFound(call.request, 'directory');
  const { tenant } = call;
  const granted =
    principal.body.id === tenant.app.servicePrincipalId && tenant.consent ? tenant.app.granted : [];
  const assignments = granted.map(
    (permission, index): Stored => ({
      seq: index + 1,
      body: {
        id: Buffer.from(`${principal.body.id}:${permission}`).toString('base64url'),
        appRoleId: graphAppRoles[permission],
        principalId: principal.body.id,
        principalDisplayName: tenant.app.displayName,
        principalType: 'ServicePrincipal',
        resourceId: tenant.graphServicePrincipalId,
        resourceDisplayName: 'Microsoft Graph',
        createdDateTime,
      },
    }),
  );
  return listReply(call, assignments);
}

function organization(call: RouteCall): WireReply {
  const { id, displayName, domain } = call.tenant;
  const body = {
    id,
    displayName,
    tenantType: 'AAD',
    countryLetterCode: 'GB',
    createdDateTime,
    verifiedDomains: [{ name: domain, isDefault: true, isInitial: true, type: 'Managed' }],
  };
  return listReply(call, [{ seq: 1, body }]);
}

/**
 * `/groups/delta`: a full walk ending in a deltaLink, or the changes since the token of one; with `$deltatoken=latest`
 * nothing but the link. A link carries the `$select` it was asked with, as it does in the real service.
 */
function groupsDelta(call: RouteCall): WireReply {
  const { tenant, request } = call;
  const params = request.url.searchParams;
  const token = params.get('$deltatoken');
  const newest = tenant.groupChanges.at(-1)?.seq ?? 0;
  const base = new URL(`${request.url.origin}${request.url.pathname}`);
  const linkFor = (note: string, select: string | null): JsonObject => {
    const link = { since: Number(note), ...(select !== null && { select }) };
    const text = Buffer.from(JSON.stringify(link)).toString('base64url');
    return { '@odata.deltaLink': nextLink(base, text).replace('$skiptoken=', '$deltatoken=') };
  };
  const select = params.get('$select');
  if (token === 'latest') {
    return {
      status: 200,
      body: { '@odata.context': contextLink(call), value: [], ...linkFor(String(newest), select) },
    };
  }
  // The link names the change the walk began at, so a change during the walk is told again, never lost.
  const note = String(newest);
  if (token === null) {
    const lastPage = (begun: string) => linkFor(begun, select);
    return listReply(call, tenant.groups.values(), { note, lastPage });
  }
  const link = readLink(token);
  if (link === undefined || link.since < tenant.deltaFloor) {
    return graphError(request, {
      status: 410,
      code: 'syncStateNotFound',
      message: 'The sync state generation is not found; a full synchronisation is required.',
      headers: { location: base.href },
    });
  }
  const selected = link.select?.split(',');
  return listReply(call, changesSince(tenant, link.since), {
    note,
    lastPage: (begun) => linkFor(begun, link.select ?? null),
    view: ({ body }) => (body['@removed'] === undefined ? project(body, selected) : body),
  });
}

function readLink(token: string): { since: number; select?: string } | undefined {
  try {
    const link = JSON.parse(Buffer.from(token, 'base64url').toString()) as {
      since?: unknown;
      select?: string;
    };
    return typeof link.since === 'number' ? { ...link, since: link.since } : undefined;
  } catch {
    return undefined;
  }
}

/** Each group once, where it stands now: gone, whole when it is new, else its id and what has changed. */
function changesSince(tenant: TenantWorld, since: number): Stored[] {
  const changes = new Map<string, { seq: number; whole: boolean; properties: Set<string> }>();
  for (const { seq, id, removed, properties } of tenant.groupChanges) {
    if (seq <= since || id === '') continue;
    const before = changes.get(id);
    const whole = removed || properties === undefined || before?.whole === true;
    changes.delete(id);
    changes.set(id, {
      seq,
      whole,
      properties: new Set([...(before?.properties ?? []), ...(properties ?? [])]),
    });
  }
  return [...changes].map(([id, { seq, whole, properties }]) => {
    const group = tenant.groups.get(id);
    if (group === undefined) return { seq, body: { id, '@removed': { reason: 'deleted' } } };
    const told = whole ? group.body : { ...project(group.body, ['id', ...properties]), id };
    return { seq, body: told };
  });
}

/** Entra: organisation, service principals, groups, directory roles. */
export const directoryRoutes: readonly Route[] = [
  {
    ...directory,
    pattern: /^\/organization$/,
    anyOf: ['Organization.Read.All', 'Directory.Read.All'],
    handle: organization,
  },
  {
    ...directory,
    pattern: /^\/servicePrincipals$/,
    anyOf: applicationRead,
    handle: (call) => listReply(call, servicePrincipals(call)),
  },
  {
    ...directory,
    pattern: /^\/servicePrincipals(?:\/(?<id>[^/()]+)|\(appId='(?<appId>[^']+)'\))$/,
    anyOf: applicationRead,
    handle: (call) => {
      const found = findServicePrincipal(call);
      if (found === undefined) return notFound(call.request, 'directory');
      const select = call.request.url.searchParams.get('$select')?.split(',');
      return { status: 200, body: { '@odata.context': contextLink(call), ...project(found.body, select) } };
    },
  },
  {
    ...directory,
    pattern: /^\/servicePrincipals(?:\/(?<id>[^/()]+)|\(appId='(?<appId>[^']+)'\))\/appRoleAssignments$/,
    anyOf: applicationRead,
    handle: appRoleAssignments,
  },
  { ...directory, pattern: /^\/groups\/delta(?:\(\))?$/, anyOf: groupRead, handle: groupsDelta },
  {
    ...directory,
    pattern: /^\/groups$/,
    anyOf: groupRead,
    handle: (call) => listReply(call, call.tenant.groups.values()),
  },
  {
    ...directory,
    pattern: /^\/groups\/(?<id>[^/]+)$/,
    anyOf: groupRead,
    handle: (call) => {
      const group = call.tenant.groups.get(call.path.id ?? '');
      if (group === undefined) return notFound(call.request, 'directory');
      return { status: 200, body: { '@odata.context': contextLink(call), ...group.body } };
    },
  },
  {
    ...directory,
    pattern: /^\/roleManagement\/directory\/roleDefinitions$/,
    anyOf: ['RoleManagement.Read.Directory', 'Directory.Read.All'],
    handle: (call) => listReply(call, call.tenant.directoryRoles),
  },
];
