/**
 * Waits for the work or the signal, whichever is first. The work itself goes on: others may share it, and not all work heeds
 * signals.
 * @template T @param {Promise<T> | T} work @param {AbortSignal} [signal] @returns {Promise<T>}
 */
export function orAborted(work, signal) {
  if (!signal) return Promise.resolve(work);
  return new Promise((done, failed) => {
    if (signal.aborted) return failed(signal.reason);
    const stop = () => failed(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    Promise.resolve(work).then(done, failed).finally(() => signal.removeEventListener("abort", stop));
  });
}
