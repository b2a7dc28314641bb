import { expect, test } from 'vitest';
import { passwordFault } from './password-policy.ts';

const fault = (password: string, username = 'operator', common = false) =>
  passwordFault({ password, username, common });

test('a password is measured in characters as people count them, and by nothing else', () => {
  expect(fault('a'.repeat(11))).toMatch(/at least 12/);
  expect(fault('correct horse')).toBeNull();
  expect(fault('πάντα ῥεῖ 12')).toBeNull();
  expect(fault('🚂🚃🚄🚅🚆🚇🚈🚉🚊🚋🚌')).toMatch(/at least 12/);
  expect(fault('🚂🚃🚄🚅🚆🚇🚈🚉🚊🚋🚌🚍')).toBeNull();
  expect(fault(`${'🚂🚃🚄🚅'.repeat(256)}`)).toBeNull();
  expect(fault(`${'🚂🚃🚄🚅'.repeat(256)}x`)).toMatch(/at most 1,024/);
});

test('composed and decomposed forms have one length', () => {
  expect('e\u0301'.repeat(6)).toHaveLength(12);
  expect(fault('e\u0301'.repeat(6))).toMatch(/at least 12/);
});

test('the name, a few characters over and over, and what everybody takes are refused', () => {
  expect(fault('station-master', 'station-master')).toMatch(/username/);
  expect(fault('STATION-MASTER', 'station-master')).toMatch(/username/);
  expect(fault('operatoroperator')).toMatch(/username/);
  expect(fault('operator of trains')).toBeNull();
  expect(fault('121212121212121')).toMatch(/over and over/);
  expect(fault('qwertyuiop123', 'operator', true)).toMatch(/commonest/);
});
