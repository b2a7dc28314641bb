import type { NextStep } from '@signalbox/contracts/gate/next-step';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import {
  type NextStepCode,
  type NextStepRule,
  type NextStepTarget,
  nextSteps,
} from '@signalbox/domain/gate/next-steps';

/** The objects a next step may lead to, as far as they are known. */
export interface StepObjects {
  readonly runId?: number | null | undefined;
  readonly holderId?: number | null | undefined;
  readonly connectionId?: number | null | undefined;
  readonly tenantId?: number | null | undefined;
  readonly operation?: string | undefined;
  readonly backupSetId?: number | null | undefined;
}

/** Next steps this caller can take, with links into the console where there is a page for them. */
export function presentSteps(
  codes: readonly NextStepCode[],
  principal: Principal,
  objects: StepObjects,
): NextStep[] {
  return codes.flatMap((code): NextStep[] => {
    const { label, target, capability }: NextStepRule = nextSteps[code];
    if (capability !== null && !holds(principal, capability)) return [];
    const path =
      code === 'run_restore' ? restorePath(objects) : placed(code, pathOf(target, about(code, objects)));
    return [
      {
        code,
        label,
        ...(path !== null && { href: `/w/${principal.workspaceId}${path}` }),
        ...(capability !== null && { capability }),
      },
    ];
  });
}

/** Where on its page a step is taken; the console opens or shows that part. */
const parts: Partial<Record<NextStepCode, string>> = {
  add_connection: 'open=new',
  renew_credential: 'open=rotate',
  enable_connection: '#state',
  grant_consent: '#consent',
  grant_permissions: '#permissions',
  check_connection: '#check',
  choose_connection: '#connection',
  correct_input: '#input',
};

function placed(code: NextStepCode, path: string | null): string | null {
  const part = parts[code];
  if (path === null || part === undefined) return path;
  if (part.startsWith('#')) return `${path}${part}`;
  return `${path}${path.includes('?') ? '&' : '?'}${part}`;
}

function about(code: NextStepCode, objects: StepObjects): StepObjects {
  return code === 'run_preview' ? { ...objects, operation: 'restore_preview' } : objects;
}

function restorePath({ runId, tenantId }: StepObjects): string {
  return `/start${query({ operation: 'restore_execute', tenant: tenantId, preview: runId })}`;
}

function pathOf(target: NextStepTarget, objects: StepObjects): string | null {
  const { runId, holderId, connectionId, tenantId, operation, backupSetId } = objects;
  const under = (base: string, id: number | null | undefined) => (id ? `${base}/${id}` : null);
  switch (target) {
    case 'run':
      return under('/runs', runId);
    case 'holder':
      return under('/runs', holderId);
    case 'connection':
      return under('/connections', connectionId);
    case 'tenant':
      return `/connections${query({ tenant: tenantId })}`;
    case 'backup_set':
      return under('/backup-sets', backupSetId) ?? `/backup-sets${query({ tenant: tenantId })}`;
    case 'onboarding':
      return tenantId ? `/onboarding/${tenantId}` : '/onboarding';
    case 'start':
      return `/start${query({ operation, tenant: tenantId })}`;
    case 'replay':
      return runId ? `/start${query({ replay: runId })}` : null;
    case 'workers':
      return '/workers';
    case 'usage':
      return '/usage';
    case 'none':
      return null;
  }
}

function query(members: Readonly<Record<string, string | number | null | undefined>>): string {
  const given = Object.entries(members).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
