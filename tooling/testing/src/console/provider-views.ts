import { type ConsoleView, region, words } from './console-view.ts';

/** The views of tenants, of their connections and of how they are onboarded. */
export const providerViews: readonly ConsoleView[] = [
  {
    name: 'onboarding',
    route: '/w/$ws/onboarding',
    path: () => '/w/ws-default/onboarding',
    heading: /^Onboarding$/,
    ready: (page) =>
      page.getByRole('list', { name: 'Onboarding sessions' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'onboarding-identify',
    route: '/w/$ws/onboarding/$tenantId',
    path: ({ enteringTenant }) => `/w/ws-default/onboarding/${enteringTenant}?step=1`,
    heading: /^Onboarding of /,
    ready: region('Step 1: Identify the tenant'),
  },
  {
    name: 'onboarding-connection',
    route: '/w/$ws/onboarding/$tenantId',
    path: ({ enteringTenant }) => `/w/ws-default/onboarding/${enteringTenant}?step=2`,
    heading: /^Onboarding of /,
    ready: (page) => page.getByRole('radio', { name: /Graph/ }).waitFor(),
    as: 'owner',
  },
  {
    name: 'onboarding-consent',
    route: '/w/$ws/onboarding/$tenantId',
    path: ({ enteringTenant }) => `/w/ws-default/onboarding/${enteringTenant}?evidence=all`,
    heading: /^Onboarding of /,
    ready: (page) =>
      page.getByRole('complementary', { name: 'Evidence' }).getByText('Failing', { exact: true }).waitFor(),
  },
  {
    name: 'onboarding-none',
    route: '/w/$ws/onboarding/$tenantId',
    path: ({ newTenant }) => `/w/ws-default/onboarding/${newTenant}`,
    heading: /^Onboarding of Tailspin/,
    ready: words('Not onboarded yet'),
  },
  {
    name: 'tenants',
    route: '/w/$ws/tenants',
    path: () => '/w/ws-default/tenants',
    heading: /^Tenants$/,
    ready: words('Failing'),
    as: 'owner',
  },
  {
    name: 'connection-returned',
    route: '/w/$ws/connections/$connectionId',
    path: ({ connection }) => `/w/ws-default/connections/${connection}?consent=refused`,
    heading: /Fabrikam/,
    ready: words('The administrator did not agree'),
    as: 'owner',
  },
  {
    name: 'connections-none',
    route: '/w/$ws/connections',
    path: () => '/w/ws-default/connections?tenant=999999',
    heading: /^Connections$/,
    ready: words('This tenant has no connection'),
  },
  {
    name: 'tenant',
    route: '/w/$ws/tenants/$tenantId',
    path: ({ readyTenant }) => `/w/ws-default/tenants/${readyTenant}`,
    heading: /^Contoso/,
    ready: async (page) => {
      for (const name of ['Connections', /runs/i, 'What is known']) {
        await page.getByRole('region', { name }).getByRole('link').nth(1).waitFor();
      }
    },
  },
  {
    name: 'tenant-policies',
    route: '/w/$ws/tenants/$tenantId',
    path: ({ readyTenant }) => `/w/ws-default/tenants/${readyTenant}?part=policies`,
    heading: /^Contoso/,
    ready: (page) => page.getByRole('list', { name: 'policies' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'connections',
    route: '/w/$ws/connections',
    path: () => '/w/ws-default/connections',
    heading: /^Connections$/,
    ready: words(/Fabrikam Inc Graph/),
    as: 'owner',
  },
  {
    name: 'connection',
    route: '/w/$ws/connections/$connectionId',
    path: ({ connection }) => `/w/ws-default/connections/${connection}`,
    heading: /Fabrikam/,
    ready: region('Permissions'),
  },
];
