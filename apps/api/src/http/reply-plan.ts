import type { SuccessStatus } from '@signalbox/contracts/openapi/operation';
import type { AppErrorFacts } from '@signalbox/domain/error/app-error';

/** A start refused at the gate, to be told as a problem although the procedure answered a value. */
export type Refusal = Extract<AppErrorFacts, { code: 'start_refused' }>;

/**
 * What a procedure wants of the answer besides its data. Over REST it decides status and headers; over tRPC only the
 * headers matter, since the typed client reads the data itself.
 */
export class ReplyPlan {
  readonly headers: [name: string, value: string][] = [];
  #status: SuccessStatus = 200;
  #refusal: Refusal | null = null;
  readonly #onHeader: (name: string, value: string) => void;

  /** @param onHeader called for each header as it is set, where the answer takes headers directly */
  constructor(onHeader: (name: string, value: string) => void = () => {}) {
    this.#onHeader = onHeader;
  }

  get successStatus(): SuccessStatus {
    return this.#status;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** 201: something was made, and can be read at `location`. */
  created(location: string): void {
    this.#status = 201;
    this.header('location', location);
  }

  /** 202: asked for; it happens later. */
  accepted(): void {
    this.#status = 202;
  }

  /** Adds a header. `set-cookie` may be added more than once. */
  header(name: string, value: string): void {
    this.headers.push([name, value]);
    this.#onHeader(name, value);
  }

  /** The start gate said no: over REST the answer is a problem with this reason. */
  refuse(refusal: Refusal): void {
    this.#refusal = refusal;
  }
}
