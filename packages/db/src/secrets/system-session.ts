import postgres from 'postgres';
import { startProblem } from '../client/start-problem.ts';

/**
 * A session of the system role, for the commands an operator gives by hand; api and worker never have one. Only the
 * login that migrates, or one that was given the role, can open it.
 * @throws StartProblem when the database is away, and Error when the login may not take the role
 */
export async function openSystemSession(url: string, name: string): Promise<postgres.Sql> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: name, role: 'signalbox_system', lock_timeout: 10_000 },
  });
  try {
    await client`select`;
    return client;
  } catch (error) {
    await client.end();
    if (error instanceof Error && /signalbox_system/.test(error.message)) {
      const cause = 'The login of DATABASE_URL may not take the role signalbox_system';
      throw new Error(`${cause} (${error.message}). Use the login that migrates.`, { cause: error });
    }
    throw startProblem(url, error);
  }
}
