import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

// Each test makes many calls, and the machine may be busy.

let moto: Moto;
beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());

/** Nothing is tried again: what moto answers shows. */
const configuration = () => ({
  endpoint: moto.endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});

const indices = (length: number) => Array.from({ length }, (_, index) => index);

it('lists rules while security groups are created', async () => {
  const ec2 = new EC2Client(configuration());
  const create = (name: string) =>
    ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'One of many' }));
  for (const group of indices(10)) {
    const { GroupId } = await create(`full-${group}`);
    const IpRanges = indices(60).map((rule) => ({ CidrIp: `10.0.${rule}.0/24` }));
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }

  const work = indices(40).values();
  const worker = async () => {
    for (const index of work) {
      if (index % 4 > 0) await create(`meanwhile-${index}`);
      else await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    }
  };

  await expect(Promise.all(indices(8).map(worker))).resolves.toHaveLength(8);
});

it('takes a message while another call waits for one', async () => {
  const sqs = new SQSClient({ ...configuration(), useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  const received = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

  expect((await received).Messages).toMatchObject([{ Body: 'hello' }]);
});
