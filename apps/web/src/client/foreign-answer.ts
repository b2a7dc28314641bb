/** A failure told outside the words of a call: by a proxy in between, or by the server before it read the call. */
export class ForeignAnswer extends Error {
  readonly status: number;
  /** The problem it came with: the server's own, where it refused a call before reading it as one. */
  readonly body: unknown;

  constructor(status: number, body: unknown = null) {
    super(`status ${status} outside a call`);
    this.name = 'ForeignAnswer';
    this.status = status;
    this.body = body;
  }
}
