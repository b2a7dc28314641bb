import { expect, test } from 'vitest';
import { canonicalExternalId } from './external-id.ts';

test('an external id has one form, and only what can name one tenant has one', () => {
  expect(canonicalExternalId(' Contoso.Example ')).toBe('contoso.example');
  expect(canonicalExternalId('B7F6A3DE-2A0F-4F1E-9A64-6F0C8D1E5B01')).toBe(
    'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01',
  );
  for (const text of ['', '.', '-a', 'a-', 'a b', 'contosó', 'с', 'a/b', 'x'.repeat(201)])
    expect(canonicalExternalId(text)).toBeNull();
  // At the sign-in page these stand for any tenant.
  for (const text of ['common', 'Organizations', 'consumers']) expect(canonicalExternalId(text)).toBeNull();
});
