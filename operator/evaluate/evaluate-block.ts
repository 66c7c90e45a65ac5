import { evaluateLine } from './evaluate-text';
import { type Evaluated, evaluated } from './evaluated';
import type { EvaluationLine } from './evaluation-line';
import type { Block } from './input-parts';
import type { Judging } from './judge';

const newline = 0x0a;

/** Evaluates a block of lines. */
export function evaluateBlock(block: Block, judging: Judging): Evaluated {
  return evaluated(linesOf(block, judging), judging, block.lines);
}

function* linesOf({ memory, length, firstLine }: Block, judging: Judging): Generator<EvaluationLine> {
  const bytes = Buffer.from(memory.buffer, 0, length);
  let number = firstLine;
  for (let begin = 0; begin < length; number += 1) {
    const at = bytes.indexOf(newline, begin);
    const end = at < 0 ? length : at;
    yield* evaluateLine(bytes.toString('utf8', begin, end), number, judging);
    begin = end + 1;
  }
}
