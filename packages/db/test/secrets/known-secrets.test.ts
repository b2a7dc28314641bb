import { knownSecrets } from '@signalbox/domain/observability/known-secrets';
import { redactText } from '@signalbox/domain/observability/redact-text';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test('a known secret is found as it is, in JSON, in a URL, and in base64 behind anything', () => {
  const value = fc.string({ unit: 'binary', minLength: 6, maxLength: 40 }).filter((text) => {
    return text === text.trim() && text.isWellFormed() && !/[\r\n]/.test(text) && new Set(text).size > 3;
  });
  fc.assert(
    fc.property(value, fc.string({ maxLength: 5 }), (plain, before) => {
      const known = knownSecrets([plain]);
      const written = [
        plain,
        JSON.stringify({ a: plain }),
        encodeURIComponent(plain),
        new URLSearchParams({ a: plain }).toString(),
      ];
      for (const text of written) {
        const out = redactText(`x ${text} y`, known);
        expect(out.includes(plain) || out.includes(encodeURIComponent(plain)), text).toBe(false);
      }
      for (const encoding of ['base64', 'base64url'] as const) {
        const text = Buffer.from(before + plain).toString(encoding);
        const left = Buffer.from(redactText(text, known), encoding).toString();
        expect(left.includes(plain)).toBe(false);
      }
    }),
  );
});
