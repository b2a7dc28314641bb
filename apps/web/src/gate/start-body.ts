import type { OperationName } from '@signalbox/domain/operation/registry';

/** What the form would send, to the what-if and to the start alike. */
export interface StartBody {
  operation: OperationName;
  tenantId?: number;
  connectionId?: number;
  input?: Record<string, unknown>;
}

/** The faults of an answer by the member of the input they point at; the rest concerns the whole form. */
export function faultsByMember(
  errors: readonly { pointer: string; detail: string }[],
): Record<string, string> {
  return Object.fromEntries(
    errors.flatMap(({ pointer, detail }) => {
      const member = /^\/input\/([^/]+)/.exec(pointer)?.[1];
      return member === undefined ? [] : [[member, detail]];
    }),
  );
}
