import type { MiddlewareStack } from '@smithy/types';

/**
 * Has an AWS SDK client answer from a function, without a call.
 * @param answer takes the command's name (`ListParentsCommand`) and its input; what it throws, the call throws
 */
export function stubbed<Input extends object, Output extends object, Client>(
  client: Client & { middlewareStack: MiddlewareStack<Input, Output> },
  answer: (command: string, input: Record<string, unknown>) => unknown,
): Client {
  client.middlewareStack.add(
    (_next, context) => async (call) => ({
      // The test's answer stands for whatever the service would say.
      output: (await answer(context.commandName ?? '', call.input as Record<string, unknown>)) as Output,
      response: undefined,
    }),
    { step: 'initialize', priority: 'high' },
  );
  return client;
}
