import { isBlank, JsonBeginning } from './json-beginning';

const newline = 0x0a;
/** So many bytes that go on like one JSON value are taken for one: whoever parses it says whether they are. */
const convincing = 1024 * 1024;

/** Tells, from the beginning of an input, whether it is JSON Lines: only then it is judged without having been read whole. */
export class InputForm {
  /** Where the first line begins that is not blank, and where it ends. */
  private begin = 0;
  private end = -1;
  /** Where something follows that line, or may follow. */
  private next = 0;
  /** Whether more than that line cannot be one value. */
  private isParted = false;
  /** How far it was looked at. */
  private looked = 0;
  private readonly beginning = new JsonBeginning();

  /**
   * @param bytes all that was read, from the beginning on; more each time
   * @returns whether it has several lines, and cannot be one JSON value any more; false also while that is not known
   */
  isLines(bytes: Buffer): boolean {
    if (this.end < 0 && !this.findFirstLine(bytes)) return false;
    this.next = notSpace(bytes, this.next);
    if (!this.isParted && this.looked <= this.end + convincing) {
      this.isParted = !this.beginning.goesOn(bytes.subarray(this.looked));
      this.looked = bytes.length;
    }
    return this.isParted && this.next < bytes.length;
  }

  private findFirstLine(bytes: Buffer): boolean {
    this.begin = notSpace(bytes, this.begin);
    this.looked = Math.max(this.looked, this.begin);
    this.end = bytes.indexOf(newline, this.looked);
    if (this.end < 0) {
      this.looked = bytes.length;
      return false;
    }
    this.next = this.end;
    this.looked = this.begin;
    this.isParted = isJson(bytes.toString('utf8', this.begin, this.end));
    return true;
  }
}

/** Where the first byte from `from` on is that is not blank. */
function notSpace(bytes: Buffer, from: number): number {
  let index = from;
  while (index < bytes.length && isBlank(bytes[index] as number)) index += 1;
  return index;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.trim());
    return true;
  } catch {
    return false;
  }
}
