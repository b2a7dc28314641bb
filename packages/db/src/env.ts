/** The database that `npm run migrate` works on; undefined when none was named. */
export const databaseUrl = process.env.DATABASE_URL;
