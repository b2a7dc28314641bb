import { expect, it } from 'vitest';
import { auditLabel } from './audit-actions.ts';

it('says an action in plain words', () => {
  expect(auditLabel('run.force_cancelled')).toBe('ended the run by force');
});

it.each(['run.painted_green', '__proto__', 'constructor'])(
  'never leaves out an action it does not know: %s',
  (action) => {
    expect(auditLabel(action)).toBe(action.replaceAll(/[._]/g, ' '));
  },
);
