import { presentSteps } from '@signalbox/api/presenters/gate/next-steps';
import { type NextStepCode, nextSteps } from '@signalbox/domain/gate/next-steps';
import { expect, test } from 'vitest';
import { consoleViews } from '../../src/console/routes.ts';

/** Steps that lead nowhere: they are advice, or are taken where they are read. */
const advice: readonly NextStepCode[] = ['try_again_later', 'ask_manager', 'give_code', 'sign_in'];

const owner = {
  workspaceId: 'acme',
  userId: 1,
  username: 'ada',
  role: 'owner',
  tenants: 'all',
} as const;
const objects = {
  runId: 11,
  holderId: 12,
  connectionId: 13,
  tenantId: 14,
  operation: 'snapshot_capture',
  backupSetId: 15,
};

/** Whether the console has a page at a path. */
function isPage(path: string): boolean {
  const parts = path.split('/');
  return consoleViews.some(({ route }) => {
    const wanted = route.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, at) => part.startsWith('$') || part === parts[at])
    );
  });
}

test('every next step that is no mere advice leads to a page of the console, with and without its objects', () => {
  const codes = Object.keys(nextSteps) as NextStepCode[];
  for (const known of [objects, { operation: objects.operation }]) {
    const steps = presentSteps(codes, owner, known);
    expect(steps).toHaveLength(codes.length);
    for (const { code, href } of steps) {
      if (href === undefined) continue;
      const { pathname } = new URL(href, 'http://console');
      expect.soft(isPage(pathname), `${code}: ${href}`).toBe(true);
    }
  }
  const silent = presentSteps(codes, owner, objects).filter(({ href }) => href === undefined);
  expect(silent.map(({ code }) => code)).toEqual(advice);
});

test('a step on a connection or in the start form names the part of the page where it is taken', () => {
  const hrefs = presentSteps(
    [
      'add_connection',
      'choose_connection',
      'correct_input',
      'enable_connection',
      'grant_consent',
      'grant_permissions',
      'renew_credential',
      'check_connection',
    ],
    owner,
    objects,
  ).map(({ href }) => href);
  expect(hrefs).toEqual([
    '/w/acme/connections?tenant=14&open=new',
    '/w/acme/start?operation=snapshot_capture&tenant=14#connection',
    '/w/acme/start?operation=snapshot_capture&tenant=14#input',
    '/w/acme/connections/13#state',
    '/w/acme/connections/13#consent',
    '/w/acme/connections/13#permissions',
    '/w/acme/connections/13?open=rotate',
    '/w/acme/connections/13#check',
  ]);
});
