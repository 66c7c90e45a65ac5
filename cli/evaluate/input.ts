import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from '../../operator/evaluate/input-parts';
import { fileFailure } from '../file-failure';
import { UserError } from '../user-error';
import { userPath } from '../user-path';

/** An input that a command reads. */
export interface Input extends ByteSource {
  /** Bytes; undefined where nobody knows, as of what another program prints. */
  size: number | undefined;
  close(): Promise<void>;
}

/**
 * Opens a file, or standard input.
 * @param file as the person at the keyboard named it; standard input where left out
 * @throws UserError when it cannot be read; reading throws it too
 */
export async function openInput(file: string | undefined): Promise<Input> {
  return file === undefined ? standardInput() : fileInput(file);
}

async function fileInput(file: string): Promise<Input> {
  const failing = <Answer>(work: Promise<Answer>): Promise<Answer> =>
    work.catch((error: unknown) => {
      throw new UserError(`${file} cannot be read: ${fileFailure(error)}.`);
    });
  const handle: FileHandle = await failing(open(userPath(file)));
  const stat = await failing(handle.stat());
  return {
    size: stat.isFile() ? stat.size : undefined,
    read: async (into) => (await failing(handle.read(into))).bytesRead,
    close: () => handle.close(),
  };
}

function standardInput(): Input {
  const chunks = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Uint8Array = new Uint8Array(0);
  return {
    size: undefined,
    async read(into) {
      while (rest.length === 0) {
        const next = await chunks.next().catch((error: unknown) => {
          throw new UserError(`Standard input cannot be read: ${fileFailure(error)}.`);
        });
        if (next.done) return 0;
        rest = next.value;
      }
      const count = Math.min(rest.length, into.length);
      into.set(rest.subarray(0, count));
      rest = rest.subarray(count);
      return count;
    },
    async close() {
      process.stdin.destroy();
    },
  };
}
