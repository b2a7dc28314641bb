import { expect, test } from 'vitest';
import { foldUsername, isNewUsername } from './username.ts';

const accepted = (typed: string) => isNewUsername(foldUsername(typed));

test('compatibility forms and case of one name are one name', () => {
  for (const twin of ['Admin', 'ADMIN', 'ａｄｍｉｎ', '𝐚𝐝𝐦𝐢𝐧', ' admin ', 'ⓐⓓⓜⓘⓝ']) {
    expect(foldUsername(twin)).toBe('admin');
  }
});

test('what only looks like another name is refused', () => {
  const twins = ['аdmin', 'αdmin', 'ad\u200bmin', '\u202enimda', 'ad\u00admin', 'admi\u0301n', 'ad\u2060min'];
  const endings = ['admin.', '.admin', 'ad..min', 'ad-_min', 'ad min', '', 'ab', 'a'.repeat(65)];
  for (const name of [...twins, ...endings]) expect(accepted(name), JSON.stringify(name)).toBe(false);
});

test('usual names are accepted', () => {
  for (const name of ['ada', 'ada.lovelace', 'a-b_c.d', '007', 'a'.repeat(64)])
    expect(accepted(name)).toBe(true);
});
