import { type ConsoleView, region, words } from './console-view.ts';

/** The views of checkpoints and of rolling back. */
export const rollbackViews: readonly ConsoleView[] = [
  {
    name: 'checkpoints',
    route: '/w/$ws/checkpoints',
    path: ({ checkpoints: [earlier, later] }) => `/w/ws-default/checkpoints?compare=${earlier},${later}`,
    heading: /^Checkpoints$/,
    ready: (page) => page.getByRole('list', { name: 'What differs' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'checkpoint',
    route: '/w/$ws/checkpoints/$checkpointId',
    path: ({ checkpoints: [, later] }) => `/w/ws-default/checkpoints/${later}`,
    heading: /^web servers stand$/,
    ready: region('Servers'),
  },
  {
    name: 'rollback',
    route: '/w/$ws/rollback',
    path: ({ checkpoints: [earlier] }) => `/w/ws-default/rollback?checkpoint=${earlier}`,
    heading: /^Roll back$/,
    ready: region('If you roll back now'),
  },
  {
    name: 'rollback-operations',
    route: '/w/$ws/rollback',
    path: () => '/w/ws-default/rollback?by=operations',
    heading: /^Roll back$/,
    ready: words(/Create servers/),
  },
];
