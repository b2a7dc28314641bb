import { domainDiffers } from '@signalbox/domain/connection/provider-tenant';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { type ReasonCode, reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import type { verificationTasks } from '@signalbox/domain/onboarding/tasks';
import type { CheckedConnection } from './check-connection.ts';
import type { RoleAccess } from './probe-role-access.ts';

export type VerificationTask = (typeof verificationTasks)[number];

/** What a verification came to. A type, not an interface: it is kept as JSON. */
export type Verdict = {
  readonly status: EvidenceStatus;
  readonly reason: ReasonCode | null;
  /** One plain sentence. */
  readonly message: string;
  readonly payload: JsonObject;
};

/** What was learned to answer the question. */
export interface Learned {
  readonly checked: CheckedConnection;
  /** What the tenant is known by. */
  readonly externalId: string;
  /** Only for the question about roles, and only when the connection could be used at all. */
  readonly roles: RoleAccess | null;
}

/** Answers the question of a verification from what was learned; without sign-in or consent there is no other answer. */
export function judgeVerification(task: VerificationTask, learned: Learned): Verdict {
  const { finding, output } = learned.checked;
  if (finding.consent !== 'granted') {
    const reason = codeOf(finding.healthReason);
    return { status: 'fail', reason, message: reasonRule(reason).text, payload: output };
  }
  switch (task) {
    case 'onboarding.consent.verify':
      return consent(output);
    case 'onboarding.connectivity.check':
      return connectivity(learned);
    case 'onboarding.permissions.verify':
      return permissions(output);
    case 'onboarding.rbac.verify':
      return roleAccess(learned.roles);
  }
}

function consent({ granted, organization }: JsonObject): Verdict {
  const count = Array.isArray(granted) ? granted.length : null;
  const message =
    count === null
      ? 'An administrator has granted consent; which permissions it covers cannot be read.'
      : `An administrator has granted consent to ${count} permissions.`;
  const payload = { consent: 'granted', ...(organization !== undefined && { organization }) };
  return {
    status: 'ok',
    reason: null,
    message,
    payload: { ...payload, ...(count !== null && { granted: count }) },
  };
}

function connectivity({ checked: { finding, output }, externalId }: Learned): Verdict {
  const { organization, organizationId, domains = [] } = output;
  const payload = {
    externalId,
    ...(organization !== undefined && { organization, organizationId, domains }),
  };
  if (typeof organization !== 'string') {
    const message = 'Signing in works, but who the tenant is may not be read.';
    return { status: 'warn', reason: 'permission_missing', message, payload };
  }
  if (finding.healthReason === 'tenant_mismatch') {
    const message = `The connection reaches ${organization}, which is another tenant than the one that is meant.`;
    return { status: 'fail', reason: 'tenant_mismatch', message, payload };
  }
  const names = Array.isArray(domains) ? domains.filter((name) => typeof name === 'string') : [];
  if (domainDiffers(externalId, names)) {
    const message = `The connection reaches ${organization}, which does not own the domain ${externalId}.`;
    return { status: 'warn', reason: 'tenant_mismatch', message, payload };
  }
  return { status: 'ok', reason: null, message: `The connection reaches ${organization}.`, payload };
}

/**
 * A tenant that may only be read can be onboarded: it is synced and backed up, and a restore is refused by the gate with
 * the permission it lacks. So what is missing only for writing is a warning.
 */
function permissions({ missing = [], granted }: JsonObject): Verdict {
  const names = Array.isArray(missing) ? missing.filter((name) => typeof name === 'string') : [];
  const payload = { missing: names, ...(granted !== undefined && { granted }) };
  if (names.length === 0)
    return {
      status: 'ok',
      reason: null,
      message: 'Every permission is granted that an operation needs.',
      payload,
    };
  const onlyWriting = names.every((name) => name.includes('.ReadWrite.'));
  const message = `Not granted: ${names.join(', ')}.`;
  return onlyWriting
    ? {
        status: 'warn',
        reason: 'permission_missing',
        message: `${message} Reading works, restoring does not.`,
        payload,
      }
    : { status: 'fail', reason: 'permission_missing', message, payload };
}

const services = { entra: 'Entra', intune: 'Intune' } as const;

function roleAccess(roles: RoleAccess | null): Verdict {
  if (roles === null) throw new Error('Role access was judged without having been read.');
  const kinds = ['entra', 'intune'] as const;
  const payload = { entra: roles.entra, intune: roles.intune };
  const missing = kinds.filter((kind) => roles[kind] === 'permission_missing');
  const refused = kinds.filter(
    (kind) => roles[kind] === 'provider_refused' || (kind === 'entra' && roles[kind] === 'absent'),
  );
  const told = (list: readonly (typeof kinds)[number][]) => list.map((kind) => services[kind]).join(' and ');
  if (missing.length > 0) {
    const message = `The permission to read the role definitions of ${told(missing)} is missing.`;
    return { status: 'fail', reason: 'permission_missing', message, payload };
  }
  if (refused.length > 0) {
    const message = `The provider refused to list the role definitions of ${told(refused)}.`;
    return { status: 'fail', reason: 'provider_refused', message, payload };
  }
  if (roles.intune === 'absent') {
    const message = 'The role definitions of Entra can be read; the tenant seems to have no Intune.';
    return { status: 'warn', reason: 'provider_refused', message, payload };
  }
  return {
    status: 'ok',
    reason: null,
    message: 'The role definitions of Entra and of Intune can be read.',
    payload,
  };
}

function codeOf(reason: string | null): ReasonCode {
  return reasonCodes.find((code) => code === reason) ?? 'provider_refused';
}
