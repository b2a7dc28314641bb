import { capabilities, capabilitiesOf } from '@signalbox/domain/access/capabilities';
import { describe, expect, it } from 'vitest';
import { endsSoon, keyMark, keyPresets, sameChoice, scopeText } from './key-model.ts';

const preset = (label: string) => keyPresets.find((each) => each.label === label)?.pick ?? (() => []);

describe('what a key is made for', () => {
  it('reads what a viewer reads, and changes nothing', () => {
    expect(preset('Read only')(capabilities)).toEqual(capabilitiesOf('viewer'));
  });

  it('starts and watches runs, without what managers and owners do', () => {
    const chosen = preset('Start and watch runs')(capabilities);
    expect(chosen).toContain('run.start.snapshot_capture');
    expect(chosen).toContain('run.cancel');
    expect(chosen).not.toContain('run.approve');
    expect(chosen).not.toContain('run.force_cancel');
    expect(chosen).not.toContain('backup.manage');
  });

  it('never gives what its maker lacks', () => {
    const mine = capabilitiesOf('operator');
    for (const { pick } of keyPresets) for (const each of pick(mine)) expect(mine).toContain(each);
    expect(preset('Everything I may')(mine)).toEqual(mine);
  });

  it('is recognised in whatever order it was ticked', () => {
    expect(sameChoice(['run.read', 'run.cancel'], ['run.cancel', 'run.read'])).toBe(true);
    expect(sameChoice(['run.read'], ['run.cancel'])).toBe(false);
    expect(sameChoice(['run.read'], ['run.read', 'run.cancel'])).toBe(false);
  });
});

it('says first whether a key changes anything', () => {
  expect(scopeText(['run.read'])).toBe('Reads only, 1 capability');
  expect(scopeText(['run.read', 'run.cancel'])).toBe('2 capabilities');
  expect(scopeText([])).toBe('Nothing');
});

it('warns of a key in the week before its end', () => {
  const now = Date.parse('2026-03-14T00:00:00Z');
  expect(endsSoon(undefined, now)).toBe(false);
  expect(endsSoon('2026-03-21T00:00:00Z', now)).toBe(true);
  expect(endsSoon('2026-03-21T00:00:01Z', now)).toBe(false);
  expect(endsSoon('2026-03-13T00:00:00Z', now)).toBe(false);
});

it('shows of a key what tells it from others', () => {
  expect(keyMark({ id: '7Zk2pQx9aLm', hint: '4fQz' })).toBe('sbx_7Zk2pQx9aLm_…4fQz');
});
