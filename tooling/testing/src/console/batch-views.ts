import { type ConsoleView, region, words } from './console-view.ts';

/** The views of batches. */
export const batchViews: readonly ConsoleView[] = [
  {
    name: 'batches',
    route: '/w/$ws/batches',
    path: () => '/w/ws-default/batches',
    heading: /^Batches$/,
    ready: (page) => page.getByRole('list', { name: 'Batches' }).getByRole('listitem').first().waitFor(),
  },
  {
    name: 'batches-none-match',
    route: '/w/$ws/batches',
    path: () => '/w/ws-default/batches?status=cancelled',
    heading: /^Batches$/,
    ready: words('No batch matches'),
  },
  {
    name: 'batch',
    route: '/w/$ws/batches/$batchId',
    path: ({ batch }) => `/w/ws-default/batches/${batch}?op=web`,
    heading: /^(spring-fleet|edge_rollout)$/,
    ready: region('What failed, and what that kept from beginning'),
  },
  {
    name: 'batch-new',
    route: '/w/$ws/batches/new',
    path: () => '/w/ws-default/batches/new',
    heading: /^New batch$/,
    ready: async (page) => {
      await page.getByRole('textbox', { name: 'The batch as text' }).waitFor();
      await page.getByRole('button', { name: 'Load the example' }).click();
      await page
        .getByRole('list', { name: 'Answers of the gates' })
        .getByText('Accepted', { exact: true })
        .first()
        .waitFor();
    },
  },
];
