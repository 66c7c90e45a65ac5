import { type CANCEL_SYMBOL, confirm, isCancel, multiselect, select, text } from '@clack/prompts';
import { UserError } from '../user-error';
import type { Asker } from './asker';

/**
 * Asks on the terminal.
 * @throws UserError, of each question, when the person at the keyboard breaks off
 */
export const terminalAsker: Asker = {
  text: async ({ message, initial, problem }) =>
    answered(
      await text({
        message,
        ...(initial !== undefined && { initialValue: initial }),
        validate: (answer) => problem(answer ?? ''),
      }),
    ),
  one: async (message, choices, initial) =>
    answered(
      await select<string>({
        message,
        options: [...choices],
        maxItems: 12,
        ...(initial !== undefined && { initialValue: initial }),
      }),
    ),
  several: async (message, choices, initial) =>
    answered(
      await multiselect<string>({
        message,
        options: [...choices],
        initialValues: [...initial],
        maxItems: 12,
        required: true,
      }),
    ),
  agrees: async (message) => answered(await confirm({ message, initialValue: false })),
};

function answered<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (!isCancel(answer)) return answer;
  throw new UserError('Broken off. Nothing was written.');
}
