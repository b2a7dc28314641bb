/** How much output of one command is kept. */
export interface OutputLimits {
  /** Of one line; the rest of a longer one is dropped. */
  readonly lineBytes: number;
  /** Of all lines together, both streams. */
  readonly bytes: number;
  readonly lines: number;
}

export const defaultLimits: OutputLimits = { lineBytes: 16_384, bytes: 4 * 1_048_576, lines: 20_000 };

/** What is left of the limits of one command, shared by its two streams. */
export class OutputBudget {
  readonly limits: OutputLimits;
  /** Something was dropped. */
  cut = false;
  #bytes = 0;
  #lines = 0;

  constructor(limits: OutputLimits) {
    this.limits = limits;
  }

  /** Whether a line of so many bytes may still be told. */
  take(bytes: number): boolean {
    if (this.#lines >= this.limits.lines || this.#bytes + bytes > this.limits.bytes) this.cut = true;
    if (this.cut) return false;
    this.#lines += 1;
    this.#bytes += bytes;
    return true;
  }
}

const newline = 0x0a;

/** Makes whole lines of the parts of a stream. Never holds more than one line of the greatest length. */
export class LineReader {
  readonly #budget: OutputBudget;
  readonly #line: (text: string) => void;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #tooLong = false;

  constructor(budget: OutputBudget, line: (text: string) => void) {
    this.#budget = budget;
    this.#line = line;
  }

  add(part: Buffer): void {
    // After the cut the stream is only drained, so that the command does not hang on a full pipe.
    let from = 0;
    while (!this.#budget.cut && from < part.length) {
      const at = part.indexOf(newline, from);
      this.#hold(part.subarray(from, at === -1 ? part.length : at));
      if (at === -1) return;
      this.#tell();
      from = at + 1;
    }
  }

  /** Tells what was left without an end of line. */
  end(): void {
    if (this.#heldBytes > 0 || this.#tooLong) this.#tell();
  }

  #hold(piece: Buffer): void {
    const room = this.#budget.limits.lineBytes - this.#heldBytes;
    if (piece.length > room) this.#tooLong = true;
    const fits = piece.subarray(0, Math.max(0, room));
    // Copied, since the part may be a slice of a buffer that is much greater.
    if (fits.length > 0) this.#held.push(Buffer.from(fits));
    this.#heldBytes += fits.length;
  }

  #tell(): void {
    const bytes = Buffer.concat(this.#held);
    const tooLong = this.#tooLong;
    this.#held = [];
    this.#heldBytes = 0;
    this.#tooLong = false;
    if (!this.#budget.take(bytes.length)) return;
    this.#line(printable(bytes.toString('utf8')) + (tooLong ? ' [line cut]' : ''));
  }
}

/** Without control characters that no log can hold; tabs and the escape of colours stay. */
function printable(text: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x09 || code === 0x1b || (code >= 0x20 && code !== 0x7f)) continue;
    out += text.slice(from, at);
    // A carriage return at the end only belongs to the end of the line.
    if (!(code === 0x0d && at === text.length - 1)) out += '\ufffd';
    from = at + 1;
  }
  return out + text.slice(from);
}
