import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledgerTableName } from '../../core/names';
import { ledgerDocuments } from '../../ledger/table/documents';
import type { InMemoryAws } from './aws/in-memory-aws';
import type { Fault, FaultKind } from './fault';
import { faultAt, faultWhenever, together } from './faults';
import { awsWithLedger } from './support';

let aws: InMemoryAws;
let restore: () => void;
const documents = ledgerDocuments({ region: 'eu-west-1' });
const lambda = new LambdaClient({ region: 'eu-west-1' });

function begin(): void {
  aws = awsWithLedger();
  restore = aws.install();
}
beforeEach(begin);
afterEach(() => restore());

const put = (record: string) =>
  documents.send(new PutCommand({ TableName: ledgerTableName, Item: { finding: 'f', record } }));
const records = () => aws.dynamoDb.items(ledgerTableName).map(({ record }) => record);
const invoke = (FunctionName: string) => lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));

/** Three writes one after the other. */
async function threeWrites(): Promise<string> {
  for (const record of ['1', '2', '3']) await put(record);
  return 'all written';
}

describe('a fault at one call', () => {
  it.each<[FaultKind, object, string[], string[]]>([
    ['fails-before', { name: 'InternalServerError', $fault: 'server' }, ['1'], ['1', '2', '3']],
    [
      'throttled',
      { name: 'ThrottlingException', $fault: 'client', $retryable: { throttling: true } },
      ['1'],
      ['1', '2', '3'],
    ],
    ['fails-after', { code: 'ECONNRESET' }, ['1', '2'], ['1', '2', '3']],
  ])('%s: throws, and was or was not done', async (kind, error, after) => {
    aws.calls.plan = faultAt(2, { kind });
    const { ended } = aws.run('function', 60_000, threeWrites);
    expect(await ended).toMatchObject({ kind: 'threw', error });
    expect(records()).toEqual(after);
    expect(aws.calls.made[1]).toMatchObject({
      number: 2,
      command: 'Put',
      fault: { kind },
      isPerformed: after.length > 1,
    });
  });

  it('says nothing of whose fault it is where the connection breaks', async () => {
    aws.calls.plan = faultAt(1, { kind: 'fails-after' });
    const end = await aws.run('function', 60_000, threeWrites).ended;
    expect(end.kind === 'threw' && Object.keys(end.error as object)).not.toContain('$fault');
  });

  it('tells of a write that failed before and was not answered like one that was made', async () => {
    aws.calls.plan = faultAt(2, { kind: 'fails-before', as: 'broken-connection' });
    expect(await aws.run('function', 60_000, threeWrites).ended).toMatchObject({
      error: { code: 'ECONNRESET' },
    });
    expect(records()).toEqual(['1']);
  });

  it('meets calls of a kind for as long as they come, and two faults do not hinder each other', async () => {
    aws.calls.plan = together(
      faultWhenever(({ command }) => command === 'Get', { kind: 'throttled' }),
      faultAt(3, { kind: 'fails-after' }),
    );
    const get = () =>
      documents.send(new GetCommand({ TableName: ledgerTableName, Key: { finding: 'f', record: '1' } }));
    const { ended } = aws.run('function', 60_000, () =>
      Promise.allSettled([get(), get(), put('1'), get(), put('2')]),
    );
    const end = await ended;
    expect(end.kind === 'returned' && end.value.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(records()).toEqual(['1', '2']);
  });

  it('leaves calls that no invocation makes alone', async () => {
    aws.calls.plan = () => ({ kind: 'throttled' });
    await put('1');
    expect(records()).toEqual(['1']);
    expect(aws.calls.made).toEqual([]);
  });
});

describe('a process that dies', () => {
  it.each<[FaultKind, string[]]>([
    ['killed-before', ['1']],
    ['killed-after', ['1', '2']],
  ])('%s: nothing after it happens', async (kind, after) => {
    const reached: string[] = [];
    aws.calls.plan = faultAt(2, { kind });
    const { ended, invocation } = aws.run('function', 60_000, async () => {
      try {
        for (const record of ['1', '2', '3']) {
          await put(record);
          reached.push(record);
        }
      } catch {
        reached.push('caught');
      } finally {
        reached.push('finally');
      }
    });
    expect(await ended).toEqual({ kind: 'killed', seenAs: 'crash' });
    await aws.clock.pause(120_000);
    expect(reached).toEqual(['1']);
    expect(records()).toEqual(after);
    expect(invocation).toMatchObject({ isDead: true, isRunning: false });
  });

  it('takes all that it does at the same time with it, and every later call of it is refused', async () => {
    aws.calls.plan = faultAt(1, { kind: 'killed-before' });
    const { ended } = aws.run('function', 60_000, async () => {
      const later = aws.clock.pause(1_000).then(() => put('later'));
      await Promise.all([put('1'), put('2'), later, Promise.resolve().then(() => put('3'))]);
    });
    expect(await ended).toMatchObject({ kind: 'killed' });
    await aws.clock.pause(120_000);
    expect(records()).toEqual([]);
    expect(aws.calls.made).toHaveLength(1);
    expect(aws.calls.afterDeath.map(({ command }) => command)).toEqual(['Put', 'Put']);
  });

  it('is another than the next invocation of the same code', async () => {
    aws.calls.plan = faultAt(2, { kind: 'killed-after' });
    await aws.run('function', 60_000, threeWrites).ended;
    expect(await aws.run('function', 60_000, threeWrites).ended).toEqual({
      kind: 'returned',
      value: 'all written',
    });
  });
});

describe('a function that another one waits for', () => {
  const events: string[] = [];
  beforeEach(() => {
    events.length = 0;
    aws.lambda.functions.set('inner', {
      timeoutMilliseconds: 60_000,
      handler: async (payload) => {
        await threeWrites();
        events.push('inner is done');
        return { took: payload };
      },
    });
  });
  const outer = async () => {
    await put('0');
    const { FunctionError, Payload } = await invoke('inner');
    events.push('outer goes on');
    await put('4');
    return { FunctionError, answer: JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown };
  };
  const run = async (plan?: { at: number; fault: Fault }) => {
    if (plan) aws.calls.plan = faultAt(plan.at, plan.fault);
    return aws.run('outer', 180_000, outer).ended;
  };

  it('answers JSON', async () => {
    expect(await run()).toMatchObject({ value: { FunctionError: undefined, answer: { took: {} } } });
    expect(aws.calls.made.map(({ command, invocation: { name } }) => `${name} ${command}`)).toEqual([
      'outer Put',
      'outer Invoke',
      'inner Put',
      'inner Put',
      'inner Put',
      'outer Put',
    ]);
  });

  it('tells its error as Lambda does', async () => {
    aws.lambda.functions.set('inner', {
      timeoutMilliseconds: 60_000,
      handler: async () => {
        throw new TypeError('No.');
      },
    });
    expect(await run()).toMatchObject({
      value: { FunctionError: 'Unhandled', answer: { errorType: 'TypeError', errorMessage: 'No.' } },
    });
  });

  it.each([
    ['crash', { FunctionError: 'Unhandled', answer: { errorType: 'Runtime.ExitError' } }, 1_000],
    [
      'timeout',
      { FunctionError: 'Unhandled', answer: { errorMessage: 'Task timed out after 60.00 seconds' } },
      61_000,
    ],
  ] as const)('dies alone, seen as a %s', async (seenAs, value, within) => {
    const began = aws.clock.milliseconds;
    expect(await run({ at: 4, fault: { kind: 'killed-after', seenAs } })).toMatchObject({
      kind: 'returned',
      value,
    });
    expect(records()).toEqual(['0', '1', '2', '4']);
    expect(events).toEqual(['outer goes on']);
    expect(aws.clock.milliseconds - began).toBeLessThan(within);
    expect(aws.clock.milliseconds - began).toBeGreaterThanOrEqual(within - 1_000);
  });

  it('dies alone, and the connection to it breaks', async () => {
    const fault: Fault = { kind: 'killed-before', seenAs: 'broken-connection' };
    expect(await run({ at: 4, fault })).toMatchObject({ kind: 'threw', error: { code: 'ECONNRESET' } });
    expect(records()).toEqual(['0', '1']);
  });

  it('runs on when the one that waits for it dies', async () => {
    expect(await run({ at: 4, fault: { kind: 'killed-before', dies: 'caller' } })).toMatchObject({
      kind: 'killed',
    });
    await aws.clock.pause(1_000);
    expect(records()).toEqual(['0', '1', '2', '3']);
    expect(events).toEqual(['inner is done']);
  });

  it('dies with the one that waits for it', async () => {
    const fault: Fault = { kind: 'killed-after', dies: 'caller', inFlight: 'dies-too' };
    expect(await run({ at: 4, fault })).toMatchObject({ kind: 'killed' });
    await aws.clock.pause(1_000);
    expect(records()).toEqual(['0', '1', '2']);
    expect(events).toEqual([]);
  });

  it('was never begun where the other one dies before it asks, and has ended where it dies after', async () => {
    await run({ at: 2, fault: { kind: 'killed-before' } });
    expect(records()).toEqual(['0']);
    restore();
    begin();
    aws.lambda.functions.set('inner', { timeoutMilliseconds: 60_000, handler: threeWrites });
    await run({ at: 2, fault: { kind: 'killed-after' } });
    expect(records()).toEqual(['0', '1', '2', '3']);
  });
});
