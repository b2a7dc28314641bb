/**
 * The `code` a promise was rejected with, `'resolved'` where it was not rejected. Subscribes at once, because a
 * statement is issued by the first `then` on it.
 */
export function rejectionCode(promise: PromiseLike<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    promise.then(
      () => resolve('resolved'),
      (error: unknown) => resolve(error instanceof Error && 'code' in error ? error.code : error),
    );
  });
}
