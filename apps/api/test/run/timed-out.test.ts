import { afterAll, beforeAll, expect, it } from 'vitest';
import { answeringDatabase } from '../../src/answering-database.ts';
import { toProblem } from '../../src/errors/to-problem.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

it('a question that takes too long is answered as such, with what helps, and not as an inner error', async () => {
  const asked = answeringDatabase(api.db).inWorkspace(api.workspace.id, async (tx) => {
    await tx.query.execute("select set_config('statement_timeout', '20', true)");
    await tx.query.execute('select count(*) from generate_series(1, 1000000000)');
  });
  const error = await asked.catch((thrown: unknown) => thrown);
  const { problem, unexpected } = toProblem(error, 'req-1');
  expect(problem).toMatchObject({ status: 503, code: 'timed_out', type: '/problems/timed_out' });
  expect(problem.detail).toMatch(/Narrow/);
  expect(problem.nextSteps.map(({ code }) => code)).toContain('correct_input');
  expect(unexpected).toBe(false);
});
