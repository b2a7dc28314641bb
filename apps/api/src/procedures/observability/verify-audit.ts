import { verifyAuditContract } from '@signalbox/contracts/observability/verify-audit';
import {
  type AuditProgress,
  verifyAudit as verifyAuditQuery,
} from '@signalbox/db/queries/observability/verify-audit';
import { AppError } from '@signalbox/domain/error/app-error';
import { memberProcedure } from '../../access/procedures.ts';
import type { AppContext } from '../../context.ts';
import { presentAuditVerdict } from '../../presenters/observability/audit-verdict.ts';
import { wellFormed } from '../../trpc.ts';

/** How long one request verifies, in milliseconds: seconds for a hundred thousand entries, then a cursor. */
const budgetMs = 5_000;

/** Compares the log with its seals, a part at a time. */
export const verifyAudit = memberProcedure('audit.read')
  .meta(verifyAuditContract.meta)
  .use(wellFormed)
  .input(verifyAuditContract.input)
  .output(verifyAuditContract.output)
  .query(async ({ ctx, input, signal }) => {
    const { headNumber, headDigest, cursor } = input;
    if ((headNumber === undefined) !== (headDigest === undefined)) {
      const detail = 'headNumber and headDigest go together';
      throw new AppError({ code: 'invalid_input', errors: [{ pointer: '', detail }] });
    }
    const place = { workspaceId: ctx.principal.workspaceId, list: 'audit verify' };
    const from = cursor === undefined ? undefined : readProgress(ctx.cursors.read(place, cursor));
    const until = performance.now() + budgetMs;
    const verdict = await verifyAuditQuery(ctx.db, place.workspaceId, {
      kept:
        headNumber === undefined || headDigest === undefined
          ? null
          : { number: headNumber, digest: headDigest },
      going: () => performance.now() < until && signal?.aborted !== true,
      ...(from !== undefined && { from }),
    });
    return presentAuditVerdict(
      verdict,
      verdict.outcome === 'unfinished' ? ctx.cursors.write(place, writeProgress(verdict)) : null,
    );
  });

type Position = ReturnType<AppContext['cursors']['read']>;

const writeProgress = ({ entries, seals, head, sealedAt }: AuditProgress): Position => [
  ...[entries, seals, head?.number ?? 0, head?.digest ?? '', sealedAt ?? ''],
];

function readProgress([entries, seals, number, digest, sealedAt]: Position): AuditProgress {
  return {
    entries: Number(entries),
    seals: Number(seals),
    head: { number: Number(number), digest: String(digest) },
    sealedAt: String(sealedAt),
  };
}
