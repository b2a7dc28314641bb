import type { Page } from 'playwright-core';

/** Something that opens in front of a view: a menu, a dialog, a panel. */
export interface ConsoleLayer {
  readonly name: string;
  /** The view it opens on, by its name. */
  readonly view: string;
  /** Whether it hides the page from screen readers without taking the focus away from it: leaving it closes it. */
  readonly hidesPage?: true;
  /** Opens it and waits until it is there. */
  readonly open: (page: Page) => Promise<unknown>;
}

const menu =
  (button: string | RegExp, item: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('menu').getByText(item).first().waitFor();
  };
const dialog =
  (button: string | RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('main').getByRole('button', { name: button }).first().click();
    await page.getByRole('alertdialog').getByRole('button').first().waitFor();
  };

/** Every layer of the console, each on a view where it can be opened. */
export const consoleLayers: readonly ConsoleLayer[] = [
  { name: 'appearance', view: 'runs', open: menu('Appearance and times', 'Compact') },
  { name: 'account', view: 'runs', open: menu(/^Account of/, 'Sign out') },
  {
    name: 'notifications',
    view: 'overview',
    open: async (page) => {
      await page.getByRole('button', { name: /^Notifications, / }).click();
      await page.getByRole('list', { name: 'Your runs that ended' }).getByRole('listitem').first().waitFor();
    },
  },
  { name: 'copy-as', view: 'runs', open: menu('Copy as', /curl/i) },
  { name: 'new-infra', view: 'infras', open: dialog('New infra') },
  { name: 'new-checkpoint', view: 'checkpoints', open: dialog('New checkpoint') },
  {
    name: 'palette',
    view: 'overview',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Page, thing, id or address' }).fill('runs');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'shortcuts',
    view: 'runs',
    open: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('Show the shortcuts of this page').waitFor();
    },
  },
  {
    name: 'suggestions',
    view: 'runs',
    hidesPage: true,
    open: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('status:');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'columns',
    view: 'runs',
    open: async (page) => {
      await page.getByRole('button', { name: 'Columns' }).click();
      await page
        .getByRole('button', { name: /^Move .* down$/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'peek',
    view: 'runs',
    open: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Close the panel' }).waitFor();
    },
  },
  {
    name: 'bulk',
    view: 'runs',
    open: async (page) => {
      await page
        .getByRole('checkbox', { name: /^Choose run #/ })
        .first()
        .check();
      await page
        .getByRole('region', { name: 'Bulk actions', exact: true })
        .getByRole('button', { name: 'Replay' })
        .click();
      await page.getByRole('alertdialog').getByRole('row', { name: /^All/ }).waitFor();
    },
  },
  { name: 'new-api-key', view: 'api-keys', open: dialog('New API key') },
  { name: 'rotate-api-key', view: 'api-keys', open: dialog(/^New secret for/) },
  { name: 'revoke-api-key', view: 'api-keys', open: dialog(/^Revoke/) },
  { name: 'new-tenant', view: 'tenants', open: dialog('New tenant') },
  { name: 'start-on-tenant', view: 'tenants', open: menu(/^Start… on/, 'Sync groups') },
  {
    name: 'new-connection',
    view: 'connections',
    open: async (page) => {
      await dialog('New connection')(page);
      await page.getByRole('alertdialog').getByLabel('Tenant').selectOption('new');
      await page.getByRole('alertdialog').getByLabel('External id').waitFor();
    },
  },
  { name: 'rotate-credential', view: 'connection-returned', open: dialog('Rotate') },
  {
    name: 'disable-connection',
    view: 'connection-returned',
    open: async (page) => {
      await dialog('Disable…')(page);
      await page.getByRole('alertdialog').getByText('No run is under way.').waitFor();
    },
  },
  { name: 'new-backup-set', view: 'backup-sets', open: dialog(/^(New|Create)/) },
];
