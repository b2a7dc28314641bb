import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commaList, toCommaList } from '../../src/shape/comma-list.ts';
import { entityId, uid } from '../../src/shape/ids.ts';
import { key, line, name, prose } from '../../src/shape/text.ts';

describe('text', () => {
  it('is trimmed and brought to one normal form, so twins are equal', () => {
    expect(line(20).parse('  cafe\u0301 ')).toBe('caf\u00e9');
  });

  it.each(['\u0000', 'a\u0000b', 'a\r\nb', 'a\u0007', 'a\u0085', '\ud800', 'x\udc00', '', '   '])(
    'refuses %j on one line',
    (text) => {
      expect(line(20).safeParse(text).success).toBe(false);
    },
  );

  it('keeps line breaks and tabs where they belong, and nothing else', () => {
    expect(prose(20).parse('a\n\tb')).toBe('a\n\tb');
    expect(prose(20).safeParse('a\u001bb').success).toBe(false);
  });

  it('counts characters and not code units', () => {
    expect(line(3).safeParse('🚂🚂🚂').success).toBe(true);
    expect(line(3).safeParse('🚂🚂🚂🚂').success).toBe(false);
  });

  it.each(['ad\u200bmin', '\u202enimda', 'admin\u2066', '\ufeffadmin\u200f'])(
    'refuses a name that hides or reorders characters: %j',
    (text) => {
      expect(name(20).safeParse(text).success).toBe(false);
    },
  );

  it('leaves a key as it is', () => {
    expect(key(20).parse(' cafe\u0301 ')).toBe(' cafe\u0301 ');
    expect(key(20).safeParse('a\u0000').success).toBe(false);
  });
});

describe('a list with commas', () => {
  const list = commaList(z.enum(['a', 'b']), 2);
  it('reads what it writes', () => {
    expect(list.parse(toCommaList(['a', 'b']))).toEqual(['a', 'b']);
    expect(toCommaList([])).toBeUndefined();
  });

  it.each(['', ',', 'a,', 'a,,b', 'a, b', 'c', 'a,b,a'])('refuses %j', (text) => {
    expect(list.safeParse(text).success).toBe(false);
  });
});

describe('ids', () => {
  it.each([0, -1, 1.5, 2 ** 31, 2 ** 53 + 1, Number.NaN, '1', true, null])('refuse %j', (id) => {
    expect(entityId.safeParse(id).success).toBe(false);
  });

  it('of a uuid are folded to lower case', () => {
    expect(uid.parse('0198F2A0-5C1E-7D3A-9B54-0F6C2B7A9E11')).toBe('0198f2a0-5c1e-7d3a-9b54-0f6c2b7a9e11');
  });
});
