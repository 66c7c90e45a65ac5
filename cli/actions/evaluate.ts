import { readFileSync } from 'node:fs';
import { evaluateText } from '../../operator/evaluate/evaluate-text';
import { evaluatedControl, evaluatedParameters } from '../../operator/evaluate/evaluated-control';
import { fileFailure } from '../file-failure';
import { UserError } from '../user-error';
import { userPath } from '../user-path';

/** The options of `staunch evaluate`. */
export interface EvaluateOptions {
  control: string;
  parameters: string;
}

/**
 * Evaluates the resources of a file.
 * @returns the exit status
 */
export async function runEvaluate(file: string | undefined, options: EvaluateOptions): Promise<number> {
  const control = evaluatedControl(options.control);
  const parameters = evaluatedParameters(control, json(options.parameters));
  let understood = true;
  for (const line of evaluateText(read(file), { judges: [{ control, parameters }], wish: 'plan' })) {
    if ('error' in line) understood = false;
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  return understood ? 0 : 1;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`--parameters is not JSON: ${(error as Error).message}`, 2);
  }
}

function read(file: string | undefined): string {
  try {
    // 0 is standard input.
    return readFileSync(file === undefined ? 0 : userPath(file), 'utf8');
  } catch (error) {
    throw new UserError(`${file ?? 'Standard input'} cannot be read: ${fileFailure(error)}.`);
  }
}
