import { cutMiddle } from '../../core/cut-middle';
import { columnsOf } from '../columns';
import type { ProgressStream } from '../progress';

const clearLine = '\r\u001b[K';
const oneSecond = 1_000;
/** What takes no longer says nothing. */
const quietSeconds = 2;

/** How far an evaluation is. */
export interface Progress {
  /** How many resources were judged. */
  items: number;
  /** How many bytes were read. */
  bytes: number;
}

/**
 * Shows on a terminal, every second from the third on, how far an evaluation is; nothing where nobody watches.
 * @param size of the input in bytes; undefined where it is not known
 * @returns ends it, and leaves nothing of it
 */
export function showProgress(
  progress: Progress,
  size: number | undefined,
  stream: ProgressStream,
): () => void {
  if (stream.isTTY !== true) return () => {};
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    if (seconds <= quietSeconds) return;
    stream.write(`${clearLine}${cutMiddle(progressText(progress, seconds, size), columnsOf(stream))}`);
  }, oneSecond);
  return () => {
    clearInterval(timer);
    if (seconds > quietSeconds) stream.write(clearLine);
  };
}

/** `120,000 resources, 40,000 a second, 31 %`. */
export function progressText({ items, bytes }: Progress, seconds: number, size: number | undefined): string {
  const rate = Math.round(items / seconds);
  const part = size ? `, ${Math.floor((100 * bytes) / size)} %` : '';
  return `${grouped(items)} resources, ${grouped(rate)} a second${part}`;
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
