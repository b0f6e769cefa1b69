/** Of several calls only the last one counts: a new one calls the older ones off. */
export class Latest {
  #controller = new AbortController();

  /** @param {AbortSignal} [outer] the caller's own way to call it off */
  begin(outer) {
    this.cancel();
    const controller = (this.#controller = new AbortController());
    return {
      signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
      abort: (reason) => controller.abort(reason),
      isLast: () => this.#controller === controller,
    };
  }

  /** Calls off what is under way, without anything in its place. */
  cancel() {
    this.#controller.abort(new DOMException("A newer call took its place.", "AbortError"));
    this.#controller = new AbortController();
  }
}
