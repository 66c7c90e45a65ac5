import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { evaluateInput, type Threads } from '../../operator/evaluate/evaluate-input';
import type { Evaluated } from '../../operator/evaluate/evaluated';
import type { ByteSource } from '../../operator/evaluate/input-parts';
import type { Judging } from '../../operator/evaluate/judge';
import { judgingOf } from '../../operator/evaluate/judging-of';
import { SummaryMaker } from '../../operator/evaluate/summary';
import { printable, printableJson } from '../../resources/kit/printable';
import type { CompiledParts } from '../compiled-parts';
import { type Input, openInput } from '../evaluate/input';
import { type Progress, showProgress } from '../evaluate/progress';
import { summaryText } from '../evaluate/summary';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

/** The options of `staunch evaluate`. */
export interface EvaluateOptions {
  control: string[];
  parameters: string;
  summary?: boolean;
  json?: boolean;
}

/** Each thread takes memory of its own; more than these help little, since one thread reads and writes for all of them. */
const mostThreads = 4;
/** So many errors are told with a summary. */
const mostFailures = 10;

/**
 * Evaluates the resources of a file.
 * @param file as the person at the keyboard named it; standard input where left out
 * @returns the exit status
 */
export async function runEvaluate(
  file: string | undefined,
  options: EvaluateOptions,
  { evaluateWorker }: CompiledParts = {},
): Promise<number> {
  const judging = judgingOf({
    controls: [...new Set(options.control)],
    parameters: json(options.parameters),
    wish: options.summary ? 'verdict' : 'plan',
  });
  if (file === undefined && process.stdin.isTTY === true)
    complain(
      'Reading JSON from standard input; Ctrl-D ends it, Ctrl-C gives up. A file may be named instead.',
    );
  const input = await openInput(file);
  const progress: Progress = { items: 0, bytes: 0 };
  const endProgress = startProgress(progress, input, options);
  try {
    const parts = evaluateInput(counting(input, progress), judging, threadsOf(evaluateWorker));
    const watched = watching(parts, progress);
    const status = await (options.summary ? printSummary(watched, judging, options) : printLines(watched));
    if (progress.items === 0) complain(nothingText(judging));
    return status;
  } finally {
    endProgress();
    await input.close();
  }
}

function threadsOf(module: string | undefined): Threads | undefined {
  return module === undefined ? undefined : { module, count: Math.min(availableParallelism(), mostThreads) };
}

/** Not between lines that are printed to the same terminal. */
function startProgress(progress: Progress, { size }: Input, { summary }: EvaluateOptions): () => void {
  return summary || process.stdout.isTTY !== true ? showProgress(progress, size, process.stderr) : () => {};
}

function counting(input: Input, progress: Progress): ByteSource {
  return {
    async read(into) {
      const count = await input.read(into);
      progress.bytes += count;
      return count;
    },
  };
}

async function* watching(parts: AsyncIterable<Evaluated>, progress: Progress): AsyncGenerator<Evaluated> {
  for await (const part of parts) {
    progress.items += part.items;
    yield part;
  }
}

async function printLines(parts: AsyncIterable<Evaluated>): Promise<number> {
  let failed = 0;
  for await (const part of parts) {
    failed += part.failed;
    if (part.output.length > 0 && !process.stdout.write(Buffer.from(part.output.buffer)))
      await once(process.stdout, 'drain');
  }
  // Lines are for programs. Whoever reads them on a terminal may want the counts.
  if (process.stdout.isTTY === true)
    complain('Each line is JSON, for programs such as jq. --summary prints a table of counts instead.');
  return failed === 0 ? 0 : 1;
}

async function printSummary(
  parts: AsyncIterable<Evaluated>,
  { controls }: Judging,
  options: EvaluateOptions,
): Promise<number> {
  const maker = new SummaryMaker(controls);
  const failures: Evaluated['failures'] = [];
  for await (const part of parts) {
    maker.add(part);
    failures.push(...part.failures.slice(0, mostFailures - failures.length));
  }
  const summary = maker.summary();
  say(options.json ? printableJson(summary) : summaryText(summary, standardOutput()));
  for (const failure of failures) complain(failureText(failure));
  const others = summary.failed - failures.length;
  if (others > 0) complain(`… and ${others} more: without --summary each is a line.`);
  return summary.failed === 0 ? 0 : 1;
}

/** Several controls pass over what is for none of them. */
function nothingText({ controls }: Judging): string {
  return `No resources${controls.length > 1 ? ' for these controls' : ''} in the input.`;
}

function failureText({ line, resource, error }: Evaluated['failures'][number]): string {
  const where = [...(line === undefined ? [] : [`line ${line}`]), ...(resource === null ? [] : [resource])];
  return printable([...where, error].join(': '));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`--parameters is not JSON: ${(error as Error).message}`, 2);
  }
}
