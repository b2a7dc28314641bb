import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { signInAs } from '../../src/system/open-console.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

/** Addresses nobody should write, each with a text of the page that must come instead of a crash. */
const hostile: readonly (readonly [path: string, shows: RegExp])[] = [
  ['/w/ws-default/runs?status=nonsense&tenant=abc&operation=%3Cscript%3E&by=[]&cursor={}', /^Runs$/],
  ['/w/ws-default/runs?status[]=1&status=%7B%22a%22:1%7D&tenant=1&tenant=2&__proto__=1', /^Runs$/],
  ['/w/ws-default/runs?tenant=99999999999999999999&connection=-1', /^Runs$/],
  ['/w/ws-default/runs?cursor=AAAA', /Go to the newest runs/],
  ['/w/ws-default/runs?%E0%A4%A=%', /^Runs$/],
  ['/w/ws-default/runs/999999', /Not found/],
  ['/w/ws-default/runs/abc', /Not found/],
  ['/w/ws-default/runs/1e3', /Not found/],
  ['/w/ws-default/runs/99999999999999999999', /Not found/],
  ['/w/ws-default/runs/1?tab=evil&outcome=%22&level=[]&q=%00%FF', /Check the connection/],
  ['/w/ws-default/start?operation=__proto__&tenant=constructor&set=NaN&preview=-1', /Choose an operation/],
  ['/w/ws-default/start?replay=evil&view=zzz&draft=../..&input=%7B%7B%00', /Choose an operation/],
  ['/w/ws-default/start?operation=snapshot_capture&tenant=1&draft=abc', /stayed in the tab it was typed in/],
  [
    '/w/ws-default/start?operation=snapshot_capture&tenant=1&input=%5B%22__proto__%22',
    /a comma or \] is expected/,
  ],
  ['/w/ws-default/start?replay=999999', /Not found/],
  ['/w/ws-default/start?operation=snapshot_capture&tenant=999999', /Not found|no such/i],
  ['/w/ws-default/start?operation=restore_execute&tenant=1&preview=999999', /preview/],
  ['/w/ws-default/connections/0', /Not found/],
  ['/w/ws-default/connections/424242', /Not found/],
  ['/w/ws-default/backup-sets/x', /Not found/],
  ['/w/ws-default/backup-sets/424242', /Not found/],
  ['/w/ws-default/overview?since=evil&tenant[]=%00', /^Overview$/],
  ['/w/ws-default/runs?created_after=yesterday&last=-1h&q=%00%1F&columns=evil,__proto__&limit=1e9', /^Runs$/],
  ['/w/ws-default/runs?last=99999999999999999d&tag=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E', /^Runs$/],
  ['/w/ws-default/runs?reason=toString&connection=1,2,3&peek=%3Cscript%3E&view=999999', /^Runs$/],
  ['/w/ws-default/runs/1?tab=timeline&row=-1&outcome=__proto__', /Check the connection/],
  [
    '/w/ws-default/runs/1?tab=log&step=%F0%9F%92%A5&only=evil&as=html&q=%5B%28#L999999999',
    /Check the connection/,
  ],
  ['/w/ws-default/runs/1?tab=raw&tab=audit#L-1', /Check the connection/],
  ['/w/ws-default/refusals?last=1e9h&operation=constructor&reason=__proto__&outcome=[]', /^Refused starts$/],
  ['/w/ws-default/refusals?cursor=AAAA', /Refused starts/],
  ['/w/ws-default/workers?x=%00&__proto__=1', /^Workers$/],
  ['/w/ws-default/batches?status=evil&cursor=%00', /^Batches$/],
  ['/w/ws-default/batches/__proto__?op=%00&group=9-1.__proto__.0-0', /Not found/],
  ['/w/ws-default/batches/new?format=xml&op=1e9&group=%3Cscript%3E', /^New batch$/],
  ['/w/ws-default/bulk?cursor=%00', /^Bulk actions$/],
  ['/w/ws-default/bulk/424242?status=evil', /Not found/],
  ['/w/ws-default/bulk/-1', /Not found/],
  ['/w/ws-default/glossary?q=%3Cscript%3Ealert(1)%3C/script%3E#reason-__proto__', /^Glossary$/],
  ['/w/ws-default/connections?only=evil&tenant=1e3', /^Connections$/],
  ['/w/ws-default/start?replay=999999', /Not found/],
  ['/w/ws-default/start?replay=-1&json=%7B&operation=snapshot_capture', /Start a run|Capture policies/],
  ['/w/ws-default/no/such/page', /Not found/],
  ['/w/ws-other/runs', /Not found/],
  ['/w/toString/runs/1', /Not found/],
];

test('no address crashes a page, however hostile its parts', async () => {
  // What the server refuses, the browser and the router report too: that much is expected here.
  const expected = [/status of 40[0134] /, /^console: TRPCClientError: There is no such thing/];
  const tab = await stage.openSignedIn({ expected });
  for (const [path, shows] of hostile) {
    await tab.page.goto(path);
    const shown = tab.page.getByRole('main').getByText(shows).first();
    await shown.waitFor().catch(async (cause: unknown) => {
      throw new Error(`${path} shows:\n${await tab.page.locator('body').ariaSnapshot()}`, { cause });
    });
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('sign-in leads to no other site, whatever the link says', async () => {
  const tab = await stage.open({ expected: [/status of 401 /] });
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)']) {
    await tab.page.context().clearCookies();
    await tab.page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signInAs(tab, 'operator');
    expect(new URL(tab.page.url()).origin).toBe(stage.system.url);
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});
