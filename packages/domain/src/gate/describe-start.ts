import { operations } from '../operation/registry.ts';
import type { OperationRule } from '../operation/rule.ts';
import { describeQuota } from '../workspace/quota.ts';
import type { StartDecision } from './decide-start.ts';
import type { GateReason } from './gate-reasons.ts';
import { reasonRule } from './reasons.ts';
import type { ScopeHolder } from './start-facts.ts';

/** Decisions that a caller is told as a start outcome; the others are errors of the request itself. */
export type StartVerdict = Extract<
  StartDecision,
  { kind: 'accepted' | 'deduped' | 'scope_busy' | 'blocked' }
>;

/** The reason behind a verdict, or null when it needs none. */
export function verdictReason(verdict: StartVerdict): GateReason | null {
  switch (verdict.kind) {
    case 'accepted':
      return verdict.status === 'awaiting_approval' ? 'approval_required' : null;
    case 'deduped':
      return 'already_active';
    case 'scope_busy':
      return 'scope_busy';
    case 'blocked':
      return verdict.reason;
  }
}

/** One plain sentence that says what the gate answered. `asked` is true for a what-if, which makes nothing. */
export function describeStart(verdict: StartVerdict, rule: OperationRule, asked: boolean): string {
  switch (verdict.kind) {
    case 'accepted':
      if (verdict.status === 'awaiting_approval')
        return `${rule.label} ${asked ? 'would wait' : 'waits'} for an approval first.`;
      if (verdict.status === 'pending')
        return `${rule.label} ${asked ? 'may be created now' : 'was created'}; it starts when it is asked to.`;
      return asked ? `${rule.label} may start now.` : `${rule.label} was accepted and is queued.`;
    case 'deduped':
      return `${rule.label} is already active as run ${verdict.run.runId}; no second run ${asked ? 'would be' : 'was'} made.`;
    case 'scope_busy':
      return `${describeHolder(verdict.holder)} holds the scope since ${verdict.holder.since.toISOString()}.`;
    case 'blocked': {
      if (verdict.lockedBy !== undefined) return beingEdited(verdict.lockedBy);
      const missing = verdict.missingPermissions?.join(', ');
      const text = reasonRule(verdict.reason).text;
      if (verdict.quota !== undefined) return `${text} ${describeQuota(verdict.quota)}`;
      return missing === undefined ? text : `${text} Missing: ${missing}.`;
    }
  }
}

/** Who holds a scope, to begin a sentence with. */
function describeHolder({ runId, operation }: ScopeHolder): string {
  return runId === null ? 'A batch' : `Run ${runId} (${operationLabel(operation)})`;
}

/** Says who is editing an onboarding. */
export function beingEdited(by: string): string {
  return `${by} is editing the onboarding of this tenant.`;
}

/** The label of an operation, or its bare name when this version no longer knows it. */
export function operationLabel(name: string): string {
  return Object.hasOwn(operations, name) ? operations[name as keyof typeof operations].label : name;
}
