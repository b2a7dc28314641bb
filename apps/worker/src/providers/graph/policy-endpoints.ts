import type { PolicyKind } from '@signalbox/domain/backup/policy';

/** Where a kind of policy lives and how it is read whole. */
export interface PolicyEndpoint {
  readonly path: string;
  /** Version for lists; whole policies are read and written through beta, where scope tags are. */
  readonly listVersion: 'v1.0' | 'beta';
  readonly nameProperty: 'displayName' | 'name';
  /** What a list asks for: enough to know and name a policy. */
  readonly listSelect: string;
  /** Navigation properties that belong to the policy. */
  readonly expand: string;
  /** The navigation property, if any, that cannot be written by PATCH. */
  readonly related: 'settings' | 'scheduledActionsForRule' | undefined;
}

/** One endpoint per kind. Settings catalogue policies exist in beta only. */
export const policyEndpoints: Readonly<Record<PolicyKind, PolicyEndpoint>> = {
  deviceConfiguration: {
    path: '/deviceManagement/deviceConfigurations',
    listVersion: 'v1.0',
    nameProperty: 'displayName',
    listSelect: 'id,displayName,lastModifiedDateTime',
    expand: 'assignments',
    related: undefined,
  },
  deviceCompliancePolicy: {
    path: '/deviceManagement/deviceCompliancePolicies',
    listVersion: 'v1.0',
    nameProperty: 'displayName',
    listSelect: 'id,displayName,lastModifiedDateTime',
    expand: 'assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)',
    related: 'scheduledActionsForRule',
  },
  configurationPolicy: {
    path: '/deviceManagement/configurationPolicies',
    listVersion: 'beta',
    nameProperty: 'name',
    listSelect: 'id,name,lastModifiedDateTime',
    expand: 'assignments,settings',
    related: 'settings',
  },
};

/** The path of one policy. */
export function policyPath(kind: PolicyKind, id: string): string {
  return `${policyEndpoints[kind].path}/${encodeURIComponent(id)}`;
}
