import type postgres from 'postgres';

/**
 * The same client, but every statement drizzle sends is prepared, so that its plan is made once per connection.
 * drizzle sends each one through `unsafe` unprepared, and planning the gate's statements cost more than running them.
 * Statements are few, since lists travel as one parameter, so the server keeps few plans.
 */
export function prepared<Client extends postgres.Sql | postgres.TransactionSql>(client: Client): Client {
  return new Proxy(client, {
    get(target, key, receiver) {
      if (key === 'unsafe') {
        return (text: string, parameters?: never[], options?: postgres.UnsafeQueryOptions) =>
          target.unsafe(text, parameters, { ...options, prepare: true });
      }
      if (key === 'begin' || key === 'savepoint') {
        const open = Reflect.get(target, key, receiver) as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => open(...given.map(preparedInside));
      }
      return Reflect.get(target, key, receiver);
    },
  });
}

/** A transaction's callback gets a prepared client too; other arguments pass as they are. */
function preparedInside(given: unknown): unknown {
  if (typeof given !== 'function') return given;
  return (inner: postgres.TransactionSql) => given(prepared(inner));
}
