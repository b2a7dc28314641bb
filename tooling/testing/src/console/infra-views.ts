import { type ConsoleView, region, words } from './console-view.ts';

/** The views of infras, and of starting work on them. */
export const infraViews: readonly ConsoleView[] = [
  {
    name: 'infras',
    route: '/w/$ws/infras',
    path: () => '/w/ws-default/infras',
    heading: /^Infras$/,
    ready: (page) => page.getByRole('list', { name: 'Infras' }).getByRole('listitem').first().waitFor(),
    as: 'owner',
  },
  {
    name: 'infra',
    route: '/w/$ws/infras/$infra',
    path: () => '/w/ws-default/infras/web-tier',
    heading: /^web-tier$/,
    ready: (page) => page.getByRole('list', { name: 'Newest runs' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'infra-managed',
    route: '/w/$ws/infras/$infra',
    path: () => '/w/ws-default/infras/shop',
    heading: /^shop$/,
    ready: (page) => page.getByRole('textbox', { name: 'The settings file' }).waitFor(),
    as: 'owner',
  },
  {
    name: 'start-workflow',
    route: '/w/$ws/start',
    path: () => '/w/ws-default/start?operation=create_servers&infra=shop&check=on',
    heading: /^Start a run$/,
    ready: region('If you start it now'),
  },
  {
    name: 'start-task-service',
    route: '/w/$ws/start',
    path: () => '/w/ws-default/start?operation=create_taskserv',
    heading: /^Start a run$/,
    ready: words(/^Choose an infra first\./),
  },
];
