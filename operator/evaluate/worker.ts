import { parentPort, workerData } from 'node:worker_threads';
import { evaluateBlock } from './evaluate-block';
import type { Evaluated } from './evaluated';
import type { Block } from './input-parts';
import type { JudgingRequest } from './judge';
import { judgingOf } from './judging-of';

/** What a thread answers: also the block's memory, which is lent to it. */
export interface WorkerAnswer {
  evaluated: Evaluated;
  memory: Block['memory'];
}

// A thread of `WorkerPool`: judges the blocks that it is handed, one after another.
const judging = judgingOf(workerData as JudgingRequest);
parentPort?.on('message', (block: Block) => {
  const evaluated = evaluateBlock(block, judging);
  const answer: WorkerAnswer = { evaluated, memory: block.memory };
  parentPort?.postMessage(answer, [evaluated.output.buffer, block.memory.buffer]);
});
