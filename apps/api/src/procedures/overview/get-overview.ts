import {
  getOverviewContract,
  type Overview,
  overviewParts,
} from '@signalbox/contracts/overview/get-overview';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { attentionFacts } from '@signalbox/db/queries/overview/overview-attention';
import { recentChanges } from '@signalbox/db/queries/overview/overview-changes';
import { firstStepFacts } from '@signalbox/db/queries/overview/overview-first-steps';
import { overviewNow } from '@signalbox/db/queries/overview/overview-now';
import { holds } from '@signalbox/domain/access/principal';
import { memberProcedure } from '../../access/procedures.ts';
import {
  presentAttention,
  presentChange,
  presentFirstSteps,
  presentNow,
} from '../../presenters/overview/overview.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';

/** How many changes the tail shows. */
const mostChanges = 10;

/** What needs attention, what is going on, what has changed. */
export const getOverview = memberProcedure('run.read')
  .meta(getOverviewContract.meta)
  .use(wellFormed)
  .input(getOverviewContract.input)
  .output(getOverviewContract.output)
  .query(({ ctx: { db, principal }, input }) =>
    db.inWorkspace(principal.workspaceId, async (tx): Promise<Overview> => {
      const wanted = new Set(input.parts ?? overviewParts);
      const { now } = await surroundings(tx);
      return {
        serverTime: moment(now),
        ...(wanted.has('attention') && {
          attention: presentAttention(await attentionFacts(tx, principal), principal),
        }),
        ...(wanted.has('now') && { now: presentNow(await overviewNow(tx, principal), principal) }),
        ...(wanted.has('changes') && {
          changes: {
            items: (await recentChanges(tx, principal, mostChanges)).map((one) =>
              presentChange(one, principal),
            ),
            ...(!holds(principal, 'audit.read') && { limitedTo: 'runs' as const }),
          },
        }),
        ...(wanted.has('firstSteps') && {
          firstSteps: presentFirstSteps(await firstStepFacts(tx, principal), principal),
        }),
      };
    }),
  );
