import { ledgerTableName, ordersUrlParameter, savedStatesTableName } from '../../core/names';
import { type OrderAnswer, orderVersion } from '../../core/order';
import { SignedPosts } from '../../operator/hub/door/signed-posts';
import type { Moto } from '../../sandbox/moto/moto';
import { createLedgerTable } from '../support/ledger-table';
import { startTestMoto } from '../support/moto';
import { type ApiAnswer, type OrdersApi, startOrdersApi } from '../support/orders-api';

/** A hub for one test file: a ledger in an emulator, and what takes orders. */
export interface TestHub {
  moto: Moto;
  api: OrdersApi;
  /** What was ordered, with the path that it was sent to, since the test set it to an empty list. */
  orders: unknown[];
  /** What is answered to an order; undefined where nothing takes orders. */
  answer: () => OrderAnswer | undefined | Promise<OrderAnswer>;
  /** What the SDK's default chain and every other program read. */
  environment: () => NodeJS.ProcessEnv;
  stop: () => Promise<void>;
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Starts a hub, whose ledger is empty. */
export async function startTestHub(): Promise<TestHub> {
  const moto = await startTestMoto();
  // Their keys are the same.
  for (const name of [ledgerTableName, savedStatesTableName]) await createLedgerTable(moto.endpoint, name);
  const api = await startOrdersApi([credentials]);
  const hub: TestHub = {
    moto,
    api,
    orders: [],
    answer: () => ({ version: orderVersion, done: true, text: 'Done.' }),
    environment: () => environmentOn(moto),
    stop: async () => {
      api.stop();
      await moto.stop();
    },
  };
  api.answer = async ({ path, body }): Promise<ApiAnswer> => {
    hub.orders.push([path, JSON.parse(body)]);
    const answer = await hub.answer();
    if (answer !== undefined) return { status: 200, body: answer };
    return { status: 403, errorType: 'ForbiddenException', body: { message: 'Forbidden' } };
  };
  await keepUrl(hub);
  return hub;
}

/** The hub's account keeps where orders are posted. */
async function keepUrl({ moto, api, environment }: TestHub): Promise<void> {
  const before = process.env;
  process.env = environment();
  const posts = new SignedPosts('eu-west-1', new URL(moto.endpoint));
  const { status } = await posts.post({
    url: new URL('https://ssm.eu-west-1.amazonaws.com/'),
    service: 'ssm',
    region: 'eu-west-1',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.PutParameter' },
    body: JSON.stringify({ Name: ordersUrlParameter, Value: api.url, Type: 'String', Overwrite: true }),
  });
  posts.close();
  process.env = before;
  if (status !== 200) throw new Error(`SSM answered ${status}.`);
}

/** What the SDK's default chain and every other program read, where all of AWS is an emulator. */
export function environmentOn({ endpoint }: Pick<Moto, 'endpoint'>): NodeJS.ProcessEnv {
  return {
    ...withoutAws(process.env),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

function withoutAws(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !name.startsWith('AWS_') && name !== 'STAUNCH_ORDERS_URL'),
  );
}
