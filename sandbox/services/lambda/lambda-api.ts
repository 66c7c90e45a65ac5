import { type Failures, UnsupportedError } from '../../failures';
import type { ApiAnswer, ApiCall, OwnedService } from '../../gateway/api';
import type { FunctionDefinition, InvocationResult } from './definitions';
import { maximumPayloadBytes } from './invocation-errors';

/** What the API needs of the service behind it. */
export interface LambdaOperations {
  functions(): Iterable<FunctionDefinition>;
  /** Throws ThrottledError when the function's reserved concurrency is used up. */
  invoke(definition: FunctionDefinition, payload: string): Promise<InvocationResult>;
  /** Accepts an asynchronous invocation. */
  enqueue(definition: FunctionDefinition, payload: string): void;
}

/** Thrown when a function already runs as often as its reserved concurrency allows. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** An error in the form of Lambda's API: https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html */
function error(status: number, type: string, message: string): ApiAnswer {
  return json(status, { Type: 'User', Message: message }, { 'x-amzn-errortype': type });
}

/** The name part of `/2015-03-31/functions/NAME/…`; empty when the path has none. */
function nameIn(url: string): string {
  return decodeURIComponent(/^\/[\d-]+\/functions\/([^/?]+)/.exec(url)?.[1] ?? '');
}

/**
 * The ARN that a function name stands for: a name, `ACCOUNT:function:NAME`, or an ARN, each with an optional version.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
function arnOf(name: string, accountId: string, region: string): string {
  const [, arnRegion, arnAccount, shortName = ''] =
    /^(?:arn:aws:lambda:([a-z0-9-]+):)?(?:(\d{12}):)?(?:function:)?([\w-]+)(?::\$LATEST)?$/.exec(name) ?? [];
  return `arn:aws:lambda:${arnRegion ?? region}:${arnAccount ?? accountId}:function:${shortName}`;
}

function configuration(definition: FunctionDefinition): Record<string, unknown> {
  return {
    FunctionName: definition.functionName,
    FunctionArn: definition.arn,
    Runtime: definition.runtime,
    Role: definition.roleArn,
    Handler: definition.handler,
    Timeout: definition.timeoutSeconds,
    MemorySize: definition.memoryMegabytes,
    Environment: { Variables: definition.environment },
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
  };
}

/**
 * The limits of an account in a Region: those that AWS gives at first.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
function accountSettings(
  all: readonly FunctionDefinition[],
  { accountId, region }: ApiCall,
): Record<string, unknown> {
  const own = all.filter((one) => one.accountId === accountId && one.region === region);
  const reserved = own.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  return {
    AccountLimit: {
      ConcurrentExecutions: 1_000,
      UnreservedConcurrentExecutions: 1_000 - reserved,
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
    },
    AccountUsage: { FunctionCount: own.length, TotalCodeSize: 0 },
  };
}

async function invoke(
  call: ApiCall,
  definition: FunctionDefinition,
  operations: LambdaOperations,
): Promise<ApiAnswer> {
  const type = call.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
  const payload = call.body.length === 0 ? '{}' : call.body.toString('utf8');
  if (call.body.length > maximumPayloadBytes) {
    return error(
      413,
      'RequestTooLargeException',
      `Request must be smaller than ${maximumPayloadBytes} bytes for the InvokeFunction operation`,
    );
  }
  try {
    JSON.parse(payload);
  } catch {
    return error(
      400,
      'InvalidRequestContentException',
      'Could not parse request body into json: the payload is no JSON text.',
    );
  }
  if (type === 'Event') {
    operations.enqueue(definition, payload);
    return { status: 202, headers: {}, body: '' };
  }
  const result = await operations.invoke(definition, payload);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError === undefined ? {} : { 'x-amz-function-error': result.functionError }),
    },
    body: result.payload,
  };
}

/**
 * Lambda's API as far as the sandbox has it: Invoke, and reading which functions there are. Functions themselves come
 * from templates, so every other operation stops the run.
 */
export function lambdaApi(operations: LambdaOperations, failures: Failures): OwnedService {
  return async (call) => {
    const all = [...operations.functions()];
    if (call.operation === 'ListFunctions') {
      const own = all.filter((one) => one.accountId === call.accountId && one.region === call.region);
      return json(200, { Functions: own.map(configuration) });
    }
    if (call.operation === 'GetAccountSettings') return json(200, accountSettings(all, call));
    if (call.operation !== 'Invoke' && call.operation !== 'GetFunctionConfiguration') {
      const unsupported = new UnsupportedError(
        `The sandbox does not handle lambda:${call.operation}; functions come from templates only.`,
      );
      if (call.stranger) throw unsupported;
      failures.report(unsupported);
      return error(501, 'UnsupportedError', unsupported.message);
    }
    const arn = arnOf(nameIn(call.url), call.accountId, call.region);
    const definition = all.find((one) => one.arn === arn);
    if (definition === undefined) {
      return error(404, 'ResourceNotFoundException', `Function not found: ${arn}`);
    }
    if (call.operation === 'GetFunctionConfiguration') return json(200, configuration(definition));
    try {
      return await invoke(call, definition, operations);
    } catch (cause) {
      if (cause instanceof ThrottledError) return error(429, 'TooManyRequestsException', 'Rate Exceeded.');
      throw cause;
    }
  };
}
