import { apiKeyHash, isSecretOf, mintApiKey, readApiKey } from '@signalbox/db/secrets/api-key';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a new key', () => {
  it('has a public id, a secret of 256 random bits and a checksum, and is no other key', () => {
    const keys = Array.from({ length: 500 }, () => mintApiKey());
    for (const { text, id, hint, secretHash } of keys) {
      expect(text).toMatch(/^sbx_[0-9A-Za-z]{11}_[0-9A-Za-z]{49}$/);
      expect(text.startsWith(`sbx_${id}_`)).toBe(true);
      expect(text.endsWith(hint)).toBe(true);
      expect(readApiKey(text)?.id).toBe(id);
      expect(apiKeyHash(readApiKey(text)?.secret ?? '')).toEqual(secretHash);
    }
    expect(new Set(keys.map(({ id }) => id)).size).toBe(500);
    expect(new Set(keys.map(({ text }) => text.slice(-49))).size).toBe(500);
    // Every digit is used at every place, but for the first ones, whose numbers end sooner.
    const last = new Set(keys.map(({ text }) => text.at(-10)));
    expect(last.size).toBeGreaterThan(55);
  });

  it('keeps its id when it gets a new secret', () => {
    const first = mintApiKey();
    const second = mintApiKey(first.id);
    expect(second.id).toBe(first.id);
    expect(second.text).not.toBe(first.text);
  });
});

describe('reading a key', () => {
  it('refuses a text with any one character changed, left out or added', () => {
    const { text } = mintApiKey();
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === 'x' ? 'y' : 'x';
      expect(readApiKey(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
      expect(readApiKey(text.slice(0, at) + text.slice(at + 1))).toBeNull();
      expect(readApiKey(`${text.slice(0, at)}x${text.slice(at)}`)).toBeNull();
    }
    for (const around of [` ${text}`, `${text} `, `${text}\n`, `${text}\0`])
      expect(readApiKey(around)).toBeNull();
  });

  it('takes any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => readApiKey(`sbx_${text}`) === null));
  });
});

describe('comparing a secret', () => {
  const { secretHash: current, text } = mintApiKey();
  const before = mintApiKey();
  const [mine = '', old = ''] = [text, before.text].map((each) => readApiKey(each)?.secret);
  const previous = before.secretHash;

  it('knows the present one and the one before it, and nothing where there is none', () => {
    expect(isSecretOf(mine, { current, previous: null })).toBe(true);
    expect(isSecretOf(mine, { current, previous })).toBe(true);
    expect(isSecretOf(old, { current, previous })).toBe(true);
    expect(isSecretOf(old, { current, previous: null })).toBe(false);
    expect(isSecretOf(mine, { current: null, previous: null })).toBe(false);
  });
});
