import { type TenantClaim, tenantDiffers } from './provider-tenant.ts';

/** How long the way to the provider's page of consent and back may take. */
export const consentMinutes = 15;

/** What came of being sent to the provider's page of consent. */
export type ConsentOutcome = 'granted' | 'refused' | 'failed' | 'tenant_mismatch' | 'not_allowed';

/** What the provider says on the way back, already read and well-formed. */
export type ConsentReturn =
  | { readonly kind: 'granted'; readonly tenant: string }
  | { readonly kind: 'error'; readonly error: string };

/**
 * What a return comes to. It proves nothing by itself: `granted` only means that a check is worth its while.
 * @param facts.allowed whether whoever asked may still manage the connection
 */
export function judgeReturn(
  back: ConsentReturn,
  facts: { readonly allowed: boolean; readonly claim: TenantClaim },
): ConsentOutcome {
  if (!facts.allowed) return 'not_allowed';
  if (back.kind === 'error') return back.error === 'access_denied' ? 'refused' : 'failed';
  // What an earlier return said is only a claim; this one may mend it.
  return tenantDiffers(back.tenant, { ...facts.claim, consented: null }) ? 'tenant_mismatch' : 'granted';
}
