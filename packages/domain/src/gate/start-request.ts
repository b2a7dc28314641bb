import type { Principal } from '../access/principal.ts';
import type { OperationName } from '../operation/registry.ts';
import type { JsonObject } from './canonical.ts';

/** How a new run relates to an earlier one. */
export const linkKinds = ['replay', 'retry'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** One start as every surface hands it to the gate; its input was judged by the operation's own shape. */
export interface StartRequest {
  readonly principal: Principal;
  readonly operation: OperationName;
  readonly tenantId: number | null;
  readonly connectionId: number | null;
  readonly input: JsonObject;
  /** The caller's own hash of what the input stands for, where a contract has one; part of the dedupe key. */
  readonly payloadHash: string | null;
  readonly link: { readonly parentRunId: number; readonly kind: LinkKind } | null;
  readonly idempotency: { readonly route: string; readonly key: string; readonly bodyHash: string } | null;
  /** Where it came from; kept for people, outside the dedupe key. */
  readonly context: JsonObject;
  readonly tags: readonly string[];
  /** The onboarding session it is started from, which must be live and not edited by somebody else. */
  readonly sessionId?: number;
  /** Templates of the scopes it holds instead of those of its rule: what runs within a batch holds its own objects. */
  readonly scopes?: readonly string[];
  /** A name of the caller's own for the run; left out, it is given one. */
  readonly codename?: string;
  readonly requestId: string | null;
}
