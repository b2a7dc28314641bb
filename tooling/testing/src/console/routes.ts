import { batchViews } from './batch-views.ts';
import { type ConsoleView, region, words } from './console-view.ts';
import { infraViews } from './infra-views.ts';
import { providerViews } from './provider-views.ts';
import { rollbackViews } from './rollback-views.ts';

/** Routes that only lead on to another one. */
export const redirects: readonly string[] = ['/', '/admin/operations/$run', '/w/$ws/', '/w/$ws/workers'];

const run = (id: number, search = ''): string => `/w/ws-default/runs/${id}${search}`;
const anyRun = /^(Capture policies|Preview a restore|Restore policies)/;

/** Every view of the console. A test fails when the router has a route without one. */
export const consoleViews: readonly ConsoleView[] = [
  {
    name: 'sign-in',
    route: '/sign-in',
    path: () => '/sign-in',
    heading: /./,
    ready: region('This is a demo. Sign in as'),
    signedOut: true,
  },
  {
    name: 'set-up-done',
    route: '/setup',
    path: () => '/setup',
    heading: /^Set up Signalbox$/,
    ready: words('This is set up already'),
    signedOut: true,
  },
  {
    name: 'account',
    route: '/w/$ws/account',
    path: () => '/w/ws-default/account',
    heading: /^Account$/,
    ready: words('this session'),
  },
  {
    name: 'join-closed',
    route: '/join',
    path: () => '/join',
    heading: /^This link opens nothing$/,
    ready: words(/Ask whoever sent it/),
    signedOut: true,
  },
  {
    name: 'members',
    route: '/w/$ws/members',
    path: () => '/w/ws-default/members',
    heading: /^Members$/,
    ready: words('you'),
  },
  {
    name: 'members-managed',
    route: '/w/$ws/members',
    path: () => '/w/ws-default/members',
    heading: /^Members$/,
    ready: words(/^admin@/),
    as: 'owner',
  },
  {
    name: 'members-invitations',
    route: '/w/$ws/members',
    path: () => '/w/ws-default/members?part=invitations',
    heading: /^Members$/,
    ready: words('ada@example.org'),
    as: 'owner',
  },
  {
    name: 'members-roles',
    route: '/w/$ws/members',
    path: () => '/w/ws-default/members?part=roles',
    heading: /^Members$/,
    ready: words(/^approve and reject runs/),
  },
  {
    name: 'overview',
    route: '/w/$ws/overview',
    path: () => '/w/ws-default/overview',
    heading: /^Overview$/,
    ready: async (page) => {
      for (const name of ['Needs attention', 'Now', 'Recent changes']) {
        await page.getByRole('region', { name }).getByRole('link').first().waitFor();
      }
    },
  },
  {
    name: 'fleet',
    route: '/w/$ws/fleet',
    path: () => '/w/ws-default/fleet',
    heading: /^Fleet$/,
    ready: words('Alive'),
  },
  {
    name: 'audit',
    route: '/w/$ws/audit',
    path: () => '/w/ws-default/audit',
    heading: /^Audit log$/,
    ready: (page) =>
      page.getByRole('list', { name: 'Audit entries' }).getByRole('listitem').first().waitFor(),
    as: 'owner',
  },
  {
    name: 'audit-none-match',
    route: '/w/$ws/audit',
    path: () => '/w/ws-default/audit?actor=nobody&kind=connection&from=2026-01-01&to=2026-01-02',
    heading: /^Audit log$/,
    ready: words('No entry matches'),
    as: 'owner',
  },
  {
    name: 'audit-denied',
    route: '/w/$ws/audit',
    path: () => '/w/ws-default/audit',
    heading: /^Audit log$/,
    ready: words('audit.read'),
  },
  {
    name: 'refusals',
    route: '/w/$ws/refusals',
    path: () => '/w/ws-default/refusals',
    heading: /^Refused starts$/,
    ready: words('Blocked'),
  },
  {
    name: 'refusals-none-match',
    route: '/w/$ws/refusals',
    path: () => '/w/ws-default/refusals?reason=poison',
    heading: /^Refused starts$/,
    ready: words('No refused start matches'),
  },
  {
    name: 'runs',
    route: '/w/$ws/runs',
    path: () => '/w/ws-default/runs',
    heading: /^Runs$/,
    ready: (page) =>
      page
        .getByRole('main')
        .getByRole('link', { name: /^(Restore policies|Preview a restore)/ })
        .first()
        .waitFor(),
  },
  {
    name: 'runs-none-match',
    route: '/w/$ws/runs',
    path: () => '/w/ws-default/runs?status=cancelled',
    heading: /^Runs$/,
    ready: words(/^(No run matches|0 of .+ runs? match)/),
  },
  {
    name: 'run-items',
    route: '/w/$ws/runs/$runId',
    path: ({ partialRun }) => run(partialRun, '?tab=items'),
    heading: anyRun,
    ready: (page) =>
      page.getByRole('region', { name: 'Item results' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'run-log',
    route: '/w/$ws/runs/$runId',
    path: ({ partialRun }) => run(partialRun, '?tab=log'),
    heading: anyRun,
    ready: (page) => page.getByRole('log').filter({ hasText: /[a-z]/ }).waitFor(),
  },
  {
    name: 'run-data',
    route: '/w/$ws/runs/$runId',
    path: ({ partialRun }) => run(partialRun, '?tab=data'),
    heading: anyRun,
    ready: words(/^Partial$/),
  },
  {
    name: 'run-audit',
    route: '/w/$ws/runs/$runId',
    path: ({ partialRun }) => run(partialRun, '?tab=audit'),
    heading: anyRun,
    ready: words('audit.read'),
  },
  {
    name: 'run-raw',
    route: '/w/$ws/runs/$runId',
    path: ({ partialRun }) => run(partialRun, '?tab=raw'),
    heading: anyRun,
    ready: region('The run as JSON'),
  },
  {
    name: 'run-preview',
    route: '/w/$ws/runs/$runId',
    path: ({ previewRun }) => run(previewRun),
    heading: anyRun,
    ready: words(/^A restore of nightly would/),
  },
  {
    name: 'run-unknown',
    route: '/w/$ws/runs/$runId',
    path: () => run(999_999),
    heading: /^Not found$/,
    ready: words(/no such/i),
  },
  {
    name: 'bulk-actions',
    route: '/w/$ws/bulk',
    path: () => '/w/ws-default/bulk',
    heading: /^Bulk actions$/,
    ready: words(/^Replay \d+ runs/),
  },
  {
    name: 'bulk-action',
    route: '/w/$ws/bulk/$bulkId',
    path: ({ bulk }) => `/w/ws-default/bulk/${bulk}`,
    heading: /^Replay \d+ runs$/,
    ready: region('Progress'),
  },
  {
    name: 'glossary',
    route: '/w/$ws/glossary',
    path: () => '/w/ws-default/glossary',
    heading: /^Glossary$/,
    ready: words('Consent missing'),
  },
  {
    name: 'start',
    route: '/w/$ws/start',
    path: ({ readyTenant }) => `/w/ws-default/start?operation=backup_set_add_policies&tenant=${readyTenant}`,
    heading: /^Start a run$/,
    ready: words('Accepted'),
  },
  {
    name: 'start-blocked',
    route: '/w/$ws/start',
    path: ({ blockedTenant }) => `/w/ws-default/start?operation=snapshot_capture&tenant=${blockedTenant}`,
    heading: /^Start a run$/,
    ready: words('Blocked'),
  },
  {
    name: 'start-choose',
    route: '/w/$ws/start',
    path: () => '/w/ws-default/start',
    heading: /^Start a run$/,
    ready: (page) => page.getByRole('option', { name: /^Restore policies/ }).waitFor(),
  },
  {
    name: 'start-json',
    route: '/w/$ws/start',
    path: ({ readyTenant }) =>
      `/w/ws-default/start?operation=snapshot_capture&tenant=${readyTenant}&view=json&input=%7B%0A%20%20%22kinds%22%3A%20%5B1%202%5D%0A%7D`,
    heading: /^Start a run$/,
    ready: words('a comma or ] is expected'),
  },
  {
    name: 'start-replay',
    route: '/w/$ws/start',
    path: ({ captureRun }) =>
      `/w/ws-default/start?replay=${captureRun}&input=%7B%22kinds%22%3A%5B%22deviceConfiguration%22%5D%7D`,
    heading: /^Replay run #/,
    ready: words('Accepted'),
  },
  {
    name: 'api-keys',
    route: '/w/$ws/api-keys',
    path: ({ apiKey }) => `/w/ws-default/api-keys?key=${apiKey}`,
    heading: /^API keys$/,
    ready: words(/^nightly captures$/),
    as: 'owner',
  },
  {
    name: 'api-keys-denied',
    route: '/w/$ws/api-keys',
    path: () => '/w/ws-default/api-keys',
    heading: /^API keys$/,
    ready: words('key.manage'),
  },
  {
    name: 'usage',
    route: '/w/$ws/usage',
    path: () => '/w/ws-default/usage',
    heading: /^Usage and tier$/,
    ready: words(/of 10 runs used$/),
  },
  {
    name: 'backup-sets',
    route: '/w/$ws/backup-sets',
    path: () => '/w/ws-default/backup-sets',
    heading: /^Backup sets$/,
    ready: words('nightly'),
  },
  {
    name: 'backup-set',
    route: '/w/$ws/backup-sets/$setId',
    path: ({ backupSet }) => `/w/ws-default/backup-sets/${backupSet}`,
    heading: /^nightly/,
    ready: region('Items'),
  },
  ...providerViews,
  ...batchViews,
  ...infraViews,
  ...rollbackViews,
];
