import { getMemberContract } from '@signalbox/contracts/access/get-member';
import { memberByIdProcedure } from '../../access/member-procedures.ts';
import { presentMember } from '../../presenters/access/member.ts';
import { wellFormed } from '../../trpc.ts';

/** One member. */
export const getMember = memberByIdProcedure('member.read')
  .meta(getMemberContract.meta)
  .use(wellFormed)
  .input(getMemberContract.input)
  .output(getMemberContract.output)
  .query(({ ctx }) => presentMember(ctx.member, ctx.principal));
