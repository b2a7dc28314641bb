/** A failure that the API did not tell of in its own words: that of a proxy in between, say. */
export class ForeignAnswer extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status} without a problem`);
    this.name = 'ForeignAnswer';
    this.status = status;
  }
}
