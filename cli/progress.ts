import { cutMiddle } from '../core/cut-middle';
import { printable } from '../resources/kit/printable';
import { columnsOf, type TerminalStream } from './columns';

/** Where progress is shown: standard error, or what stands for it. */
export interface ProgressStream extends TerminalStream {
  write(text: string): unknown;
}

const clearLine = '\r\u001b[K';

/**
 * Says on a terminal, every second, for how long something has been waited for; nothing where nobody watches.
 * @param text what is waited for; a function where it changes meanwhile
 */
export async function withProgress<Answer>(
  text: string | (() => string),
  stream: ProgressStream,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (stream.isTTY !== true) return work();
  const begun = Date.now();
  const said = typeof text === 'string' ? () => text : text;
  const show = () => {
    const line = `${said()} … ${Math.round((Date.now() - begun) / 1000)} s`;
    // What goes on to a second line could not be cleared.
    stream.write(`${clearLine}${cutMiddle(printable(line), columnsOf(stream))}`);
  };
  show();
  const timer = setInterval(show, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    stream.write(clearLine);
  }
}
