import { standingResources } from '@signalbox/db/queries/provisioning/standing-resources';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { type ServerRole, type Standing, serverRoles } from '@signalbox/domain/provisioning/work';
import type { ProvisioningSession } from './session.ts';

/** What stands in the infra of a session, as the change log left it. */
export async function readStanding({ context, infra }: ProvisioningSession): Promise<Standing> {
  const all = await context.read((tx) => standingResources(tx, infra));
  return {
    servers: all
      .filter(({ kind }) => kind === 'server')
      .map(({ name, state }) => ({ name, role: roleIn(state) })),
    services: all
      .filter(({ kind }) => kind === 'taskserv')
      .map(({ state }) => ({ server: textIn(state, 'server'), service: textIn(state, 'service') })),
    clusters: all
      .filter(({ kind }) => kind === 'cluster')
      .map(({ name, state }) => ({ name, type: textIn(state, 'type'), members: textsIn(state, 'members') })),
  };
}

function roleIn({ role }: JsonObject): ServerRole {
  return serverRoles.find((each) => each === role) ?? 'server';
}

function textIn(state: JsonObject, field: string): string {
  const value = state[field];
  return typeof value === 'string' ? value : '';
}

function textsIn(state: JsonObject, field: string): string[] {
  const value = state[field];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
