import { createClients } from '../../../../sandbox/cloudformation/clients';
import { parameter } from '../../../../sandbox/services/ssm/deploy';
import { handlerContext } from '../../cloudformation/fakes';
import { region, TestSandbox } from '../../gateway/sandbox';

const sandbox = new TestSandbox();

beforeAll(() => sandbox.start(), 60_000);
afterAll(() => sandbox.stop());

/** What a person with the hub's credentials reads. */
async function read(name: string): Promise<Response> {
  return fetch(sandbox.gateway.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.hub}/20260101/${region}/ssm/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body: JSON.stringify({ Name: name }),
  });
}

it("keeps a parameter in the account's own store, where a REST API's URL leads to the gateway", async () => {
  const { gateway } = sandbox;
  const context = {
    ...handlerContext().context,
    ...{ gateway, place: { accountId: sandbox.hub, region }, clientOf: createClients(gateway) },
    credentials: gateway.administratorOf(sandbox.hub),
  };
  const created = await parameter.create(
    {
      Name: '/staunch/orders-url',
      Type: 'String',
      Value: `https://abcdefghij.execute-api.${region}.amazonaws.com/staunch/orders`,
    },
    context,
  );
  expect(created.ref).toBe('/staunch/orders-url');
  expect(await (await read('/staunch/orders-url')).json()).toMatchObject({
    Parameter: { Value: `${gateway.endpoint}/_aws/execute-api/abcdefghij/staunch/orders` },
  });
  await created.remove?.();
  expect((await read('/staunch/orders-url')).status).toBe(400);
});

it('knows plain text alone', async () => {
  const { context } = handlerContext();
  expect(() => parameter.create({ Name: 'a', Type: 'SecureString', Value: 'x' }, context)).toThrow(
    'The sandbox does not support these properties',
  );
});
