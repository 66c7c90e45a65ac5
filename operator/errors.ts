/**
 * Thrown for what the person who asks can put right. The message says how, in words that every face may show; it holds no
 * characters that control a terminal.
 */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}

/** What a person says with a request, and what can be wrong by itself. */
export type Input = 'control' | 'parameters' | 'reason' | 'resource' | 'resource region' | 'state' | 'until';

/** Thrown when what was asked for means nothing, whatever the hub holds. */
export class InputError extends OperatorError {
  override readonly name = 'InputError';

  /**
   * @param problem the whole sentence, or where `input` is there, what follows its name: `is "x", and should be …`
   * @param input what is wrong; each face calls it by the name under which it asked for it
   */
  constructor(
    readonly problem: string,
    readonly input?: Input,
  ) {
    super(input === undefined ? problem : `The ${input} ${problem}`);
  }
}
