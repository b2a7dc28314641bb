import { describe, expect, it } from 'vitest';
import { parseOperationInput } from '../../src/operation/parse-input.ts';

describe('the input of an operation', () => {
  it('left out is an empty one', () => {
    expect(parseOperationInput('snapshot_capture', undefined)).toEqual({ ok: true, value: {} });
  });

  it('that is wrong is told with pointers below where it stood', () => {
    const parsed = parseOperationInput('restore_execute', { previewRunId: 0, itemIds: [1, 1], nope: 1 });
    expect(parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/input/itemIds',
      '/input/nope',
      '/input/previewRunId',
    ]);
  });

  it('that is no object is refused', () => {
    for (const input of ['x', 1, []]) {
      expect(parseOperationInput('restore_preview', input).ok).toBe(false);
    }
  });
});
