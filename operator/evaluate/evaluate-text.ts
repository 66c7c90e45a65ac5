import { evaluateValue } from './evaluate-value';
import type { EvaluationLine } from './evaluation-line';
import type { Judging } from './judge';

/**
 * Evaluates the resources of a text: one JSON value, or JSON Lines. What cannot be understood gives a line with `error`, and the
 * rest goes on.
 * @param text may begin with a byte order mark
 */
export function* evaluateText(text: string, judging: Judging): Generator<EvaluationLine> {
  const whole = tryParse(text);
  if ('value' in whole) {
    yield* evaluateValue(whole.value, judging, false);
    return;
  }
  if (text.trim() === '') {
    yield { resource: null, error: 'The input is empty; it should be JSON, or JSON Lines.' };
    return;
  }
  const lines = text.split('\n');
  if (lines.filter((line) => line.trim() !== '').length <= 1) {
    yield { resource: null, error: `The input is not JSON: ${whole.error}` };
    return;
  }
  for (const [index, line] of lines.entries()) yield* evaluateLine(line, index + 1, judging);
}

/**
 * Evaluates one of several lines; nothing where it is blank.
 * @param number of the line in the input, from 1 on; errors name it
 */
export function* evaluateLine(text: string, number: number, judging: Judging): Generator<EvaluationLine> {
  const parsed = tryParse(text);
  if ('value' in parsed) {
    for (const line of evaluateValue(parsed.value, judging, true))
      yield 'error' in line ? { line: number, ...line } : line;
  } else if (text.trim() !== '') {
    yield { line: number, resource: null, error: `The line is not JSON: ${parsed.error}` };
  }
}

/** `trim` also takes the byte order mark away that some programs begin a text with. */
function tryParse(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text.trim()) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
