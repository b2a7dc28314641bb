import type { PolicySegment } from '../world.ts';

/** What the demo knows about one emulated tenant, credentials included: they are public demo values. */
export interface DemoTenant {
  alias: string;
  id: string;
  displayName: string;
  clientId: string;
  clientSecret: string;
  /** Whether an administrator has consented before the first start. */
  consent: boolean;
  groups: number;
  devices: number;
  policies: Record<PolicySegment, number>;
}

/**
 * The emulated tenants. `contoso` is large and healthy, `fabrikam` lacks admin consent, `northwind` is
 * being onboarded and has not consented, `adatum` belongs to another workspace, `tailspin` is the one a demo makes slow.
 */
export const demoTenants: readonly DemoTenant[] = [
  {
    alias: 'contoso',
    id: '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a01',
    displayName: 'Contoso Ltd',
    clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01',
    clientSecret: 'contoso-demo-secret',
    consent: true,
    groups: 4200,
    devices: 1800,
    policies: { deviceConfigurations: 130, deviceCompliancePolicies: 40, configurationPolicies: 70 },
  },
  {
    alias: 'fabrikam',
    id: '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a02',
    displayName: 'Fabrikam Inc',
    clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b02',
    clientSecret: 'fabrikam-demo-secret',
    consent: false,
    groups: 350,
    devices: 120,
    policies: { deviceConfigurations: 18, deviceCompliancePolicies: 6, configurationPolicies: 9 },
  },
  {
    alias: 'northwind',
    id: '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a03',
    displayName: 'Northwind Traders',
    clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b03',
    clientSecret: 'northwind-demo-secret',
    consent: false,
    groups: 240,
    devices: 90,
    policies: { deviceConfigurations: 14, deviceCompliancePolicies: 5, configurationPolicies: 7 },
  },
  {
    alias: 'adatum',
    id: '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a04',
    displayName: 'Adatum Corporation',
    clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b04',
    clientSecret: 'adatum-demo-secret',
    consent: true,
    groups: 180,
    devices: 60,
    policies: { deviceConfigurations: 12, deviceCompliancePolicies: 4, configurationPolicies: 6 },
  },
  {
    alias: 'tailspin',
    id: '5c1b0d7e-7a51-4e0f-9c50-0b1f6e2d4a05',
    displayName: 'Tailspin Toys',
    clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b05',
    clientSecret: 'tailspin-demo-secret',
    consent: true,
    groups: 200,
    devices: 80,
    policies: { deviceConfigurations: 50, deviceCompliancePolicies: 20, configurationPolicies: 30 },
  },
];
