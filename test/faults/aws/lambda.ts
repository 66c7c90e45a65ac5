import type { InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { brokenConnection } from '../broken-connection';
import { type Ending, Invocation } from '../invocation';
import type { VirtualClock } from '../virtual-clock';
import type { Commands } from './commands';
import { serviceError } from './service-error';

/** A function that can be invoked. */
export interface LambdaFunction {
  handler: (payload: unknown, context: Context) => Promise<unknown>;
  timeoutMilliseconds: number;
}

/** Lambda in memory: each function is a handler in this process, and each invocation may die alone. */
export class Lambda {
  /** By name. */
  readonly functions = new Map<string, LambdaFunction>();
  /** What was invoked other than synchronously, which stores credentials. */
  readonly violations: string[] = [];

  constructor(private readonly clock: VirtualClock) {}

  /** What a client of Lambda sends. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  readonly commands: Commands = {
    Invoke: async (input: InvokeCommandInput): Promise<Omit<InvokeCommandOutput, '$metadata'>> => {
      const {
        FunctionName: name = '',
        InvocationType: type = 'RequestResponse',
        Payload: payload = '{}',
      } = input;
      const invoked = this.functions.get(name);
      if (!invoked)
        throw serviceError('Lambda', 'ResourceNotFoundException', `Function not found: ${name}`, 404);
      if (type !== 'RequestResponse') this.violations.push(`${name} was invoked as ${type}`);
      const { handler, timeoutMilliseconds } = invoked;
      const text = typeof payload === 'string' ? payload : Buffer.from(payload as Uint8Array).toString();
      const { clock } = this;
      const { invocation, ended } = Invocation.start({ clock, name, timeoutMilliseconds }, (context) =>
        handler(JSON.parse(text), context),
      );
      return this.#answer(await ended, invocation, timeoutMilliseconds);
    },
  };

  async #answer(
    end: Ending<unknown>,
    { deadline }: Invocation,
    timeoutMilliseconds: number,
  ): Promise<Omit<InvokeCommandOutput, '$metadata'>> {
    switch (end.kind) {
      case 'returned':
        return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: bytes(end.value ?? null) };
      case 'threw': {
        const { name: errorType = 'Error', message: errorMessage = '' } = Object(end.error) as Partial<Error>;
        return failed({ errorType, errorMessage, trace: [] });
      }
      case 'killed': {
        if (end.seenAs === 'broken-connection') throw brokenConnection();
        if (end.seenAs === 'crash') {
          const errorMessage = 'RequestId: 0 Error: Runtime exited with error: signal: killed';
          return failed({ errorType: 'Runtime.ExitError', errorMessage });
        }
        // A process that hangs is told of only when its time is over.
        await this.clock.pause(deadline - this.clock.milliseconds);
        const seconds = (timeoutMilliseconds / 1000).toFixed(2);
        return failed({
          errorType: 'Sandbox.Timedout',
          errorMessage: `Task timed out after ${seconds} seconds`,
        });
      }
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function failed(error: object): Omit<InvokeCommandOutput, '$metadata'> {
  return { StatusCode: 200, FunctionError: 'Unhandled', ExecutedVersion: '$LATEST', Payload: bytes(error) };
}

function bytes(value: unknown): NonNullable<InvokeCommandOutput['Payload']> {
  const text = JSON.stringify(value);
  return Object.assign(new Uint8Array(Buffer.from(text)), {
    transformToString: (encoding = 'utf8') =>
      encoding === 'utf8' ? text : Buffer.from(text).toString(encoding as BufferEncoding),
  });
}
