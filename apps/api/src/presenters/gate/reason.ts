import type { Reason } from '@signalbox/contracts/gate/reason';
import { type ReasonCode, reasonRule, reasons } from '@signalbox/domain/gate/reasons';

/** A reason with its words. */
export function presentReason(code: ReasonCode): Reason {
  const { label, text, severity } = reasonRule(code);
  return { code, label, text, severity };
}

/** A code that was stored as text; null when this version does not know it. */
export function knownReason(code: string | null): ReasonCode | null {
  return code !== null && Object.hasOwn(reasons, code) ? (code as ReasonCode) : null;
}
