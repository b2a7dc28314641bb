import type { NextStep } from '@signalbox/contracts/gate/next-step';
import type { Capability } from '@signalbox/domain/access/capabilities';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import {
  type NextStepCode,
  type NextStepRule,
  type NextStepTarget,
  nextSteps,
} from '@signalbox/domain/gate/next-steps';
import { isOperation, operationRule } from '@signalbox/domain/operation/registry';

/** The objects a next step may lead to, as far as they are known. */
export interface StepObjects {
  readonly runId?: number | null | undefined;
  readonly holderId?: number | null | undefined;
  /** The uuid of the batch, where one is the holder. */
  readonly holderBatch?: string | undefined;
  readonly connectionId?: number | null | undefined;
  readonly tenantId?: number | null | undefined;
  readonly operation?: string | undefined;
  readonly backupSetId?: number | null | undefined;
}

/**
 * Next steps this caller can take, with links into the console where there is a page for them. Who may see what was
 * refused or failed, but may not start it, is sent to somebody who may where nothing else is left to do.
 */
export function presentSteps(
  codes: readonly NextStepCode[],
  principal: Principal,
  objects: StepObjects,
): NextStep[] {
  const taken = codes.filter((code) => neededFor(code, objects).every((each) => holds(principal, each)));
  const left =
    taken.length === 0 && codes.some((code) => mending.has(code)) ? ['ask_manager' as const] : taken;
  return left.map((code): NextStep => {
    const { label, target }: NextStepRule = nextSteps[code];
    const [capability] = neededFor(code, objects);
    const path =
      code === 'run_restore' ? restorePath(objects) : placed(code, pathOf(target, about(code, objects)));
    return {
      code,
      label,
      ...(path !== null && { href: `/w/${principal.workspaceId}${path}` }),
      ...(capability !== undefined && { capability }),
    };
  });
}

/** Steps that ask for the same start once more, in other words. */
const mending: ReadonlySet<NextStepCode> = new Set(['choose_connection', 'correct_input']);
/** Steps that go through the gate again, which asks for the capability of the operation. */
const restarting: ReadonlySet<NextStepCode> = new Set([...mending, 'replay', 'retry_failed_items']);

/** Every capability a step takes, its own first. */
function neededFor(code: NextStepCode, { operation }: StepObjects): Capability[] {
  const { capability }: NextStepRule = nextSteps[code];
  const started =
    restarting.has(code) && operation !== undefined && isOperation(operation) ? operation : null;
  return [
    ...(capability === null ? [] : [capability]),
    ...(started === null ? [] : [operationRule(started).capability]),
  ];
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
  const { runId, holderId, holderBatch, connectionId, tenantId, operation, backupSetId } = objects;
  const under = (base: string, id: number | null | undefined) => (id ? `${base}/${id}` : null);
  switch (target) {
    case 'run':
      return under('/runs', runId);
    case 'holder':
      return holderBatch === undefined ? under('/runs', holderId) : `/batches/${holderBatch}`;
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
      return '/fleet';
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
