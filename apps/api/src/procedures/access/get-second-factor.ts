import { getSecondFactorContract } from '@signalbox/contracts/access/get-second-factor';
import { storedFactor } from '@signalbox/db/queries/access/second-factor';
import { found } from '../../access/capability.ts';
import { presentSecondFactor } from '../../presenters/access/second-factor.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Whether the caller has a second factor. */
export const getSecondFactor = personProcedure
  .meta(getSecondFactorContract.meta)
  .use(wellFormed)
  .input(getSecondFactorContract.input)
  .output(getSecondFactorContract.output)
  .query(async ({ ctx: { db, session } }) =>
    presentSecondFactor(found(await storedFactor(db, session.user.userId))),
  );
