/**
 * Calls `work` for each value, at most `lanes` at once. After the first failure nothing new is begun; what is under
 * way is waited for, and then that failure is thrown.
 */
export async function inLanes<Value>(
  values: Iterable<Value>,
  lanes: number,
  work: (value: Value) => Promise<void>,
): Promise<void> {
  const queue = values[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && failures.length === 0; next = queue.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}
