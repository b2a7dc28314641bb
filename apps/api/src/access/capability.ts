import type { Capability } from '@signalbox/domain/access/capabilities';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * Asks for a capability. Only after visibility: what a caller may not see is 404 whatever they may do. Who is a member
 * of no workspace has nothing to be allowed or denied in: 404 as well.
 * @throws AppError forbidden, not_found
 */
export function requireCapability(principal: Principal, capability: Capability): void {
  if (principal.workspaceId === '') throw new AppError({ code: 'not_found' });
  if (!holds(principal, capability)) throw new AppError({ code: 'forbidden', capability });
}

/** The thing, or 404 when it is not there or not for this caller. */
export function found<T>(thing: T | null | undefined): T {
  if (thing === null || thing === undefined) throw new AppError({ code: 'not_found' });
  return thing;
}
