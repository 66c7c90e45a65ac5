import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { Context } from 'aws-lambda';
import type { RemediationRequest, RemediationResult } from '../../../contract/remediation';
import { ledgerDocuments } from '../../../hub-functions/ledger/documents';
import { StateTooLargeError } from '../../../hub-functions/ledger/saved-item';
import { SavedStates } from '../../../hub-functions/ledger/saved-states';
import { remediationFunction } from '../../../hub-functions/remediation/function';
import { securityGroupAdapter } from '../../../hub-functions/remediation/security-group/adapter';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

const region = 'eu-west-1';
const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
const variables = {
  LEDGER_TABLE: 'ledger',
  AWS_REGION: region,
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  AWS_ACCESS_KEY_ID: 'AKIDHUB',
  AWS_SECRET_ACCESS_KEY: 'hub',
};
const before = { ...process.env };
let moto: Moto;
let groupId: string;

beforeAll(async () => {
  moto = await startTestMoto();
  Object.assign(process.env, variables, { AWS_ENDPOINT_URL: moto.endpoint });
  const dynamo = new DynamoDBClient({});
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'ledger',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['finding', 'record'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'finding', KeyType: 'HASH' },
        { AttributeName: 'record', KeyType: 'RANGE' },
      ],
    }),
  );
  dynamo.destroy();
}, 60_000);
afterAll(async () => {
  process.env = before;
  await moto.stop();
});

async function openSsh(GroupId: string): Promise<void> {
  const ec2 = new EC2Client({ region, credentials });
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  ec2.destroy();
}

beforeEach(async () => {
  const ec2 = new EC2Client({ region, credentials });
  const name = expect.getState().currentTestName ?? 'group';
  const answer = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'test' }));
  groupId = String(answer.GroupId);
  ec2.destroy();
  await openSsh(groupId);
});

function request(overrides: Partial<RemediationRequest> = {}): RemediationRequest {
  return {
    version: 1,
    mode: 'apply',
    finding: {
      accountId: '123456789012',
      region,
      control: 'security-group-open-ports',
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: groupId,
    },
    occurrence: 1,
    attempt: 1,
    parameters: {},
    place: ['111122223333', 'r-root'],
    applyLossy: false,
    credentials,
    ...overrides,
  };
}

function invoke(payload: unknown, remaining = 60_000): Promise<RemediationResult> {
  const handler = remediationFunction(securityGroupAdapter());
  // Only the remaining time is used.
  return handler(payload, { getRemainingTimeInMillis: () => remaining } as Context);
}

const history = () => new SavedStates(ledgerDocuments(), 'ledger').history(request().finding, 1);

describe('a remediation function', () => {
  it('fixes, and keeps in the ledger what was there before, what was changed, and what was left', async () => {
    expect(await invoke(request())).toMatchObject({ version: 1, outcome: 'fixed', applied: 1 });
    expect(await history()).toMatchObject({
      steps: [
        {
          before: { groupId, ingressRules: [{ FromPort: 22, CidrIpv4: '0.0.0.0/0' }] },
          changes: [{ action: 'revoke', fromPort: 22, cidr: '0.0.0.0/0' }],
          made: [{ action: 'revoke', fromPort: 22, cidr: '0.0.0.0/0' }],
        },
      ],
      after: { groupId, ingressRules: [] },
    });
  });

  it('keeps every saved state when the same attempt runs again', async () => {
    await invoke(request());
    const [first] = (await history())?.steps ?? [];
    await openSsh(groupId);
    expect(await invoke(request())).toMatchObject({ outcome: 'fixed' });
    const { steps } = (await history()) ?? {};
    expect(steps).toHaveLength(2);
    expect(steps?.[0]).toEqual(first);
  });

  it('fixes all the same where what came of it cannot be saved', async () => {
    const save = jest.spyOn(SavedStates.prototype, 'saveResult').mockRejectedValue(new Error('Too late.'));
    expect(await invoke(request())).toMatchObject({ outcome: 'fixed' });
    save.mockRestore();
    expect((await history())?.steps[0]).not.toHaveProperty('made');
  });

  it('undoes a fix with what it saved, and notes that it did', async () => {
    await invoke(request());
    const undone = await invoke(request({ mode: 'undo', attempt: 2 }));
    expect(undone).toMatchObject({
      outcome: 'undone',
      applied: 1,
      given: [{ action: 'authorize', fromPort: 22 }],
    });
    expect(undone.violations).toHaveLength(1);
    expect((await history())?.undoneAt).toBeDefined();
    expect(await invoke(request({ mode: 'plan', attempt: 3 }))).toMatchObject({ outcome: 'planned' });
  });

  it('refuses to undo what it never began to fix', async () => {
    expect(await invoke(request({ mode: 'undo' }))).toMatchObject({ outcome: 'refused', applied: 0 });
  });

  it('saves nothing when it only plans', async () => {
    expect(await invoke(request({ mode: 'plan' }))).toMatchObject({ outcome: 'planned' });
    expect(await history()).toBeUndefined();
  });

  it('refuses, and changes nothing, when what was there can never be saved', async () => {
    const save = jest
      .spyOn(SavedStates.prototype, 'saveStep')
      .mockRejectedValue(new StateTooLargeError('Too large.'));
    expect(await invoke(request())).toMatchObject({ outcome: 'refused', applied: 0 });
    save.mockRestore();
    expect(await invoke(request({ mode: 'plan' }))).toMatchObject({ outcome: 'planned' });
  });

  it('logs the outcome, and never the credentials', async () => {
    process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
    const lines: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    const info = jest.spyOn(console, 'info').mockImplementation((text) => lines.push(String(text)));
    await invoke(
      request({ credentials: { ...credentials, secretAccessKey: 'never-log', sessionToken: 'nor-this' } }),
    );
    write.mockRestore();
    info.mockRestore();
    process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
    expect(lines.join('')).toContain('fixed');
    expect(lines.join('')).not.toMatch(/never-log|nor-this|AKIDTEST/);
  });

  it('answers in time when there is none left', async () => {
    expect(await invoke(request(), 8_001)).toMatchObject({
      outcome: 'failed',
      applied: 0,
      reason: 'The function ran out of time.',
    });
  });

  it('throws for a request that makes no sense', async () => {
    await expect(invoke({ ...request(), version: 2 })).rejects.toThrow('The request cannot be understood');
  });

  it('names the variable that it was deployed without', () => {
    delete process.env.LEDGER_TABLE;
    expect(() => remediationFunction(securityGroupAdapter())).toThrow('LEDGER_TABLE');
    process.env.LEDGER_TABLE = 'ledger';
  });
});
