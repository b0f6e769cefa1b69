/** Bytes that are added to. */
export class Bytes {
  #room = new Uint8Array(4096);
  length = 0;

  /** @param {number} byte */
  push(byte) {
    if (this.length === this.#room.length) this.#grow(1);
    this.#room[this.length++] = byte;
  }

  /** @param {Uint8Array} bytes */
  append(bytes) {
    if (this.length + bytes.length > this.#room.length) this.#grow(bytes.length);
    this.#room.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What has been added, as a copy; nothing is left. */
  take() {
    const taken = this.#room.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  #grow(by) {
    const grown = new Uint8Array(Math.max(this.#room.length * 2, this.length + by));
    grown.set(this.#room.subarray(0, this.length));
    this.#room = grown;
  }
}
