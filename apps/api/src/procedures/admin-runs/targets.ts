import type { AdminRunType } from '@signalbox/contracts/admin-runs/run-record';
import type { adminStartRunContract } from '@signalbox/contracts/admin-runs/start-run';
import { parseOperationInput } from '@signalbox/contracts/operation/parse-input';
import type { Database } from '@signalbox/db/client/database';
import { getRun } from '@signalbox/db/queries/run/get-run';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { z } from 'zod';

type Body = Pick<z.infer<typeof adminStartRunContract.input>, 'targetObjectId' | 'itemIds'>;

/** Which input of an operation `targetObjectId` and `itemIds` stand for. */
const members: Readonly<Record<AdminRunType, { readonly target: string; readonly items: string | null }>> = {
  snapshot_capture: { target: 'policyIds', items: null },
  backup_set_add_policies: { target: 'backupSetId', items: 'policyIds' },
  restore_preview: { target: 'backupSetId', items: 'itemIds' },
  restore_execute: { target: 'previewRunId', items: 'itemIds' },
};

/** No run has this id, so the gate answers that the preview is missing. */
const noRun = 0;

/**
 * Turns the contract's words into the input of the operation, judged by the operation's own shape.
 * @throws AppError invalid_input with pointers at the contract's members
 */
export async function adminRunInput(
  db: Database,
  principal: Principal,
  ask: { readonly runType: AdminRunType; readonly body: Body },
): Promise<JsonObject> {
  const { runType, body } = ask;
  const { target, items } = members[runType];
  const targetText = body.targetObjectId ?? null;
  const itemTexts = body.itemIds ?? null;
  if (items === null && itemTexts !== null && itemTexts.length > 0) {
    throw refused([{ pointer: '/itemIds', detail: 'a capture is of one policy or of all; leave this out' }]);
  }
  const previewId = runType === 'restore_execute' ? await previewByUuid(db, principal, targetText) : null;
  if (previewId === noRun) return { previewRunId: noRun };
  const raw = {
    ...(targetText !== null && { [target]: previewId ?? targetValue(target, targetText) }),
    ...(items !== null &&
      itemTexts !== null && { [items]: items === 'itemIds' ? itemTexts.map(idOf) : itemTexts }),
  };
  const parsed = parseOperationInput(runType, raw, '');
  if (parsed.ok) return parsed.value as JsonObject;
  throw refused(
    parsed.errors.map(({ pointer, detail }) => ({
      pointer: contractPointer(pointer, { target, items }),
      detail,
    })),
  );
}

/** The contract knows a run by its uuid only; the integer is taken as well, since the console shows it. */
async function previewByUuid(
  db: Database,
  principal: Principal,
  text: string | null,
): Promise<number | null> {
  if (text === null || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return null;
  const run = await db.inWorkspace(principal.workspaceId, (tx) =>
    getRun(tx, principal, { uid: text.toLowerCase() }),
  );
  return run?.id ?? noRun;
}

function targetValue(target: string, text: string): unknown {
  return target === 'policyIds' ? [text] : idOf(text);
}

/** An integer written the one way there is; anything else stays text, which the shape refuses. */
function idOf(text: string): number | string {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : text;
}

function contractPointer(
  pointer: string,
  names: { readonly target: string; readonly items: string | null },
): string {
  if (names.items !== null && pointer.startsWith(`/${names.items}`)) {
    return `/itemIds${pointer.slice(names.items.length + 1)}`;
  }
  return pointer.startsWith(`/${names.target}`) ? '/targetObjectId' : pointer;
}

function refused(errors: { readonly pointer: string; readonly detail: string }[]): AppError {
  return new AppError({ code: 'invalid_input', errors });
}
