import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ledgerTableName, savedStatesTableName } from '../../core/names';
import type { OrderAnswer } from '../../core/order';
import type { Moto } from '../../sandbox/moto/moto';
import { createLedgerTable } from '../support/ledger-table';
import { startTestMoto } from '../support/moto';

/** A hub for one test file: a ledger in an emulator, and the Lambda API as far as it is used. */
export interface TestHub {
  moto: Moto;
  /** What was ordered, with the path that it was sent to, since the test set it to an empty list. */
  orders: unknown[];
  /** What the coordinator answers; undefined where there is none. */
  answer: () => OrderAnswer | undefined | Promise<OrderAnswer>;
  /** What the SDK's default chain and every other program read. */
  environment: () => NodeJS.ProcessEnv;
  stop: () => Promise<void>;
}

/** Starts a hub, whose ledger is empty. An emulator cannot run the coordinator. */
export async function startTestHub(): Promise<TestHub> {
  const moto = await startTestMoto();
  // Their keys are the same.
  for (const name of [ledgerTableName, savedStatesTableName]) await createLedgerTable(moto.endpoint, name);
  const hub: TestHub = {
    moto,
    orders: [],
    answer: () => ({ version: 2, done: true, text: 'Done.' }),
    environment: () => ({
      ...withoutAws(process.env),
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    }),
    stop: async () => {
      lambda.close();
      await moto.stop();
    },
  };
  const lambda = coordinatorOf(hub);
  await new Promise<void>((done) => lambda.listen(0, '127.0.0.1', done));
  return hub;
}

function coordinatorOf(hub: TestHub): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      hub.orders.push([request.url, JSON.parse(Buffer.concat(parts).toString())]);
      const answer = await hub.answer();
      if (answer === undefined)
        response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
      else response.end(JSON.stringify(answer));
    });
  });
}

function withoutAws(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('AWS_')));
}
