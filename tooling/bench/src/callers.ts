/** Runs `count` calls, `callers` at a time, and answers calls per second. */
export async function ratePerSecond(
  callers: number,
  count: number,
  call: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  const caller = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await call(index);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return count / ((performance.now() - began) / 1000);
}
