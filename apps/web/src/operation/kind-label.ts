import type { Policy } from '@signalbox/contracts/inventory/list-policies';

const labels: Record<Policy['kind'], string> = {
  deviceConfiguration: 'Device configuration',
  deviceCompliancePolicy: 'Compliance',
  configurationPolicy: 'Settings catalogue',
};

/** The kind of a policy in words. */
export function kindLabel(kind: Policy['kind']): string {
  return labels[kind];
}
