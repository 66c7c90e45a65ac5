import { evaluateBlock } from './evaluate-block';
import { evaluateText } from './evaluate-text';
import { type Evaluated, evaluated } from './evaluated';
import type { EvaluationLine } from './evaluation-line';
import { type Block, type ByteSource, blockSize, inputParts } from './input-parts';
import type { Judging, JudgingRequest } from './judge';
import { WorkerPool } from './worker-pool';

/** Threads that may help. */
export interface Threads {
  /** URL of `worker.ts`, compiled. */
  module: string;
  /** How many; none help where it is below two. */
  count: number;
}

/** Before so many bytes were judged no thread is started: it takes as long as these. */
const firstAlone = 1024 * 1024;
/** So many blocks wait for a thread at most, its own among them. */
const blocksEach = 2;
/** So many lines of one JSON value are told at once. */
const linesAtOnce = 500;

/**
 * Evaluates the resources of an input: one JSON value, which is read whole, or JSON Lines, which are not: what is held of these
 * does not grow with them.
 * @returns what it came to, part by part, in the order of the input
 * @throws InputError when a line is too long; whatever reading throws
 */
export async function* evaluateInput(
  source: ByteSource,
  judging: Judging,
  threads?: Threads,
): AsyncGenerator<Evaluated> {
  const spare: Block['memory'][] = [];
  const takeBack = (memory: Block['memory']) => {
    // What had to grow for a long line is not held.
    if (memory.length === blockSize) spare.push(memory);
  };
  const waiting: Promise<Evaluated>[] = [];
  let pool: WorkerPool | undefined;
  let taken = 0;
  try {
    for await (const part of inputParts(source, spare)) {
      if (part.kind === 'text') {
        yield* evaluateWhole(part.text, judging);
        continue;
      }
      const { block } = part;
      taken += block.length;
      if (threads !== undefined && threads.count > 1 && taken > firstAlone)
        pool ??= new WorkerPool(threads.module, threads.count, requestOf(judging));
      if (pool === undefined || threads === undefined) {
        yield evaluateBlock(block, judging);
        takeBack(block.memory);
        continue;
      }
      const result = pool.evaluate(block, takeBack);
      // It is awaited in its turn, and may fail before.
      result.catch(() => {});
      waiting.push(result);
      if (waiting.length >= threads.count * blocksEach) yield await (waiting.shift() as Promise<Evaluated>);
    }
    for (const result of waiting) yield await result;
  } finally {
    await pool?.close();
  }
}

/** Functions cannot be handed to a thread. */
function requestOf({ controls, parameters, wish }: Judging): JudgingRequest {
  return { controls, parameters, wish };
}

function* evaluateWhole(text: string, judging: Judging): Generator<Evaluated> {
  let lines: EvaluationLine[] = [];
  for (const line of evaluateText(text, judging)) {
    lines.push(line);
    if (lines.length < linesAtOnce) continue;
    yield evaluated(lines, judging);
    lines = [];
  }
  yield evaluated(lines, judging);
}
