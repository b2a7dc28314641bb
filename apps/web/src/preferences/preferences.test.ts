import { expect, it } from 'vitest';
import { defaults, isDark, parsePreferences } from './preferences.ts';

it.each([null, '', 'null', '[]', '7', '{', '{"theme":7,"density":{}}'])(
  'takes %j from storage as nothing chosen',
  (text) => {
    expect(parsePreferences(text)).toEqual(defaults);
  },
);

it('keeps what was chosen and drops what it does not know', () => {
  expect(parsePreferences('{"theme":"dark","density":"huge","time":"utc","x":1}')).toEqual({
    theme: 'dark',
    density: 'comfortable',
    time: 'utc',
    keys: 'on',
    afterStart: 'stay',
  });
});

it('follows the system only when nothing else was chosen', () => {
  expect(isDark('system', true)).toBe(true);
  expect(isDark('light', true)).toBe(false);
  expect(isDark('dark', false)).toBe(true);
});
