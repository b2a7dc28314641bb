import { type ControlTarget, callControl } from '../http/call-control.ts';
import type { FaultRule } from '../http/faults.ts';
import { type Json, type JsonObject, jsonText } from '../http/json.ts';
import type { LedgerEntry } from './ledger.ts';
import type { GraphPermission } from './permissions.ts';
import type { EmulatorSettings } from './settings.ts';
import type { PolicySegment } from './world.ts';

/** The control plane as functions, for tests and the demo command; each rejects when it is refused. */
export interface GraphControl {
  addFault(fault: FaultRule): Promise<void>;
  /** Rules not yet used up. */
  faults(): Promise<FaultRule[]>;
  clearFaults(): Promise<void>;
  setConsent(tenant: string, granted: boolean, answer?: 'grant' | 'deny'): Promise<void>;
  changeRoles(
    tenant: string,
    change: { grant?: GraphPermission[]; revoke?: GraphPermission[] },
  ): Promise<void>;
  changeApp(tenant: string, change: { secret?: string; secretExpiresAt?: string | null }): Promise<void>;
  createPolicy(tenant: string, segment: PolicySegment, body: JsonObject): Promise<string>;
  editPolicy(place: PolicyPlace, body: JsonObject): Promise<void>;
  deletePolicy(place: PolicyPlace): Promise<void>;
  changeGroup(
    method: 'POST' | 'PATCH' | 'DELETE',
    place: { tenant: string; id: string },
    body?: JsonObject,
  ): Promise<void>;
  changeRoleDefinition(
    method: 'POST' | 'PATCH' | 'DELETE',
    place: { tenant: string; source: 'entra' | 'intune'; id: string },
    body?: JsonObject,
  ): Promise<void>;
  expireDeltaTokens(tenant: string): Promise<void>;
  /** All tokens, or those of one tenant. */
  expireTokens(tenant?: string): Promise<void>;
  changeSettings(settings: Partial<EmulatorSettings>): Promise<void>;
  ledger(): Promise<LedgerEntry[]>;
  clearLedger(): Promise<void>;
  reset(): Promise<void>;
}

/** Where a policy is. */
export interface PolicyPlace {
  tenant: string;
  segment: PolicySegment;
  id: string;
}

/** Makes a client for the control plane at `url` (the emulator's). */
export function graphControl(target: ControlTarget): GraphControl {
  const call = (method: string, path: string, body?: unknown): Promise<JsonObject> =>
    callControl(target, { method, path, body });
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await call(method, path, body);
  };
  const policyPath = ({ tenant, segment, id }: PolicyPlace): string =>
    `tenants/${tenant}/policies/${segment}/${id}`;
  return {
    addFault: (fault) => tell('POST', 'faults', fault),
    faults: async () => ((await call('GET', 'faults')).faults ?? []) as unknown as FaultRule[],
    clearFaults: () => tell('DELETE', 'faults'),
    setConsent: (tenant, granted, answer) => tell('PUT', `tenants/${tenant}/consent`, { granted, answer }),
    changeRoles: (tenant, change) => tell('PUT', `tenants/${tenant}/roles`, change),
    changeApp: (tenant, change) => tell('PUT', `tenants/${tenant}/app`, change),
    createPolicy: async (tenant, segment, body) =>
      jsonText((await call('POST', `tenants/${tenant}/policies/${segment}`, body)).id),
    editPolicy: (place, body) => tell('PATCH', policyPath(place), body),
    deletePolicy: (place) => tell('DELETE', policyPath(place)),
    changeGroup: (method, { tenant, id }, body) =>
      method === 'POST'
        ? tell('POST', `tenants/${tenant}/groups`, { ...body, id })
        : tell(method, `tenants/${tenant}/groups/${id}`, body),
    changeRoleDefinition: (method, { tenant, source, id }, body) =>
      tell(
        method,
        `tenants/${tenant}/role-definitions/${source}/${id}`,
        method === 'DELETE' ? undefined : { ...body },
      ),
    expireDeltaTokens: (tenant) => tell('DELETE', `tenants/${tenant}/delta-tokens`),
    expireTokens: (tenant) => tell('DELETE', tenant === undefined ? 'tokens' : `tokens/${tenant}`),
    changeSettings: (settings) => tell('PUT', 'settings', settings),
    ledger: async () => {
      const entries: Json = (await call('GET', 'ledger')).entries ?? [];
      return entries as unknown as LedgerEntry[];
    },
    clearLedger: () => tell('DELETE', 'ledger'),
    reset: () => tell('POST', 'reset'),
  };
}
