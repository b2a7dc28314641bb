import type { IncomingHttpHeaders } from 'node:http';
import type { Membership } from '@signalbox/db/queries/access/memberships';
import { AppError } from '@signalbox/domain/error/app-error';

/** The workspace everybody starts in. */
const usual = 'ws-default';

/**
 * The membership a call is about. The headers select among what the caller has and never grant: a workspace that is
 * not the caller's does not exist. Without a header it is `ws-default`, else the oldest membership.
 * @throws AppError 400 when the two headers disagree, 404 for a workspace that is not the caller's
 */
export function selectWorkspace<T extends Pick<Membership, 'workspaceId'>>(
  headers: IncomingHttpHeaders,
  memberships: readonly T[],
): T | null {
  const named = [headers['x-workspace-id'], headers['x-org-id']].filter((value) => value !== undefined);
  const [first] = named;
  if (named.some((value) => value !== first)) {
    const detail = 'X-Workspace-Id and X-Org-Id must name the same workspace';
    throw new AppError({ code: 'invalid_input', errors: [{ pointer: '', detail }] });
  }
  if (first === undefined) {
    return memberships.find((each) => each.workspaceId === usual) ?? memberships[0] ?? null;
  }
  const chosen = memberships.find((each) => each.workspaceId === first);
  if (chosen === undefined) throw new AppError({ code: 'not_found' });
  return chosen;
}
