import { constants } from 'node:buffer';
import { InputError } from '../errors';
import { InputForm } from './input-form';

const newline = 0x0a;
/** Whole lines of this many bytes are judged at once. */
export const blockSize = 128 * 1024;

/** Where an input comes from: a file, or what another program prints. */
export interface ByteSource {
  /**
   * Reads what comes next.
   * @returns how many bytes were read, at least one; 0 at the end
   */
  read(into: Uint8Array): Promise<number>;
}

/** Whole lines of an input. */
export interface Block {
  /** The memory that the lines begin in; whoever is done with it may lend it again. */
  memory: Uint8Array<ArrayBuffer>;
  /** How many bytes of it the lines have. */
  length: number;
  /** Number of the first line, from 1 on. */
  firstLine: number;
  /** How many lines end in it. */
  lines: number;
}

/** What an input consists of: one text that has to be read whole, or blocks of lines. */
export type InputPart = { kind: 'text'; text: string } | { kind: 'lines'; block: Block };

/**
 * Takes an input apart. Of JSON Lines it holds one block and the rest of a line; of one JSON value, all.
 * @param spare memory of blocks that are done with, to be used again; may be added to at any time
 * @throws InputError when a text or a line is longer than a text can be
 */
export async function* inputParts(
  source: ByteSource,
  spare: Uint8Array<ArrayBuffer>[],
): AsyncGenerator<InputPart> {
  let memory = spare.pop() ?? new Uint8Array(blockSize);
  let filled = 0;
  let isAtEnd = false;
  const read = () => Buffer.from(memory.buffer, 0, filled);

  async function fill(): Promise<void> {
    while (!isAtEnd && filled < memory.length) {
      const count = await source.read(memory.subarray(filled));
      if (count === 0) isAtEnd = true;
      filled += count;
    }
  }

  async function fillMore(what: string): Promise<void> {
    if (memory.length >= constants.MAX_STRING_LENGTH) {
      const most = Math.floor(constants.MAX_STRING_LENGTH / 1024 / 1024);
      throw new InputError(
        `${what} is longer than ${most} MB. Longer input should be JSON Lines: a resource a line.`,
      );
    }
    const larger = new Uint8Array(Math.min(memory.length * 2, constants.MAX_STRING_LENGTH));
    larger.set(memory.subarray(0, filled));
    memory = larger;
    await fill();
  }

  const form = new InputForm();
  await fill();
  while (!form.isLines(read())) {
    if (isAtEnd) {
      yield { kind: 'text', text: read().toString('utf8') };
      return;
    }
    await fillMore('The input');
  }

  let firstLine = 1;
  while (filled > 0) {
    const length = isAtEnd ? filled : read().lastIndexOf(newline) + 1;
    if (length === 0) {
      await fillMore(`Line ${firstLine}`);
      continue;
    }
    const block = { memory, length, firstLine, lines: newlinesIn(Buffer.from(memory.buffer, 0, length)) };
    firstLine += block.lines;
    const rest = memory.subarray(length, filled);
    memory =
      rest.length < blockSize ? (spare.pop() ?? new Uint8Array(blockSize)) : new Uint8Array(2 * rest.length);
    memory.set(rest);
    filled = rest.length;
    yield { kind: 'lines', block };
    await fill();
  }
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let index = bytes.indexOf(newline); index >= 0; index = bytes.indexOf(newline, index + 1)) count += 1;
  return count;
}
