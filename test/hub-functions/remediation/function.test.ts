import { gzipSync } from 'node:zlib';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import type { FixStep } from '../../../core/fix-step';
import type { ApplyRequest, PlanRequest, RemediationResult, UndoRequest } from '../../../core/remediation';
import { stateDigest } from '../../../core/state-digest';
import { remediationResultSchema } from '../../../hub-functions/coordinator/member/remediation-result';
import { remediationFunction } from '../../../hub-functions/remediation/function';
import { StopSwitch } from '../../../ledger/limits/stop-switch';
import type { SavedHistory } from '../../../ledger/saved/saved-history';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

// Each test makes real calls, and the machine may be busy.

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
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  moto = await startTestMoto();
  Object.assign(process.env, variables, { AWS_ENDPOINT_URL: moto.endpoint });
  await createLedgerTable(moto.endpoint, 'ledger');
  documents = documentsOn(moto.endpoint);
}, 60_000);
afterAll(async () => {
  process.env = before;
  documents.destroy();
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

const base = () => ({
  version: 2 as const,
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
  credentials,
});

const planRequest = (): PlanRequest => ({ ...base(), mode: 'plan' });

function applyRequest(
  { plan, state }: Pick<RemediationResult, 'plan' | 'state'>,
  more: Partial<ApplyRequest> = {},
): ApplyRequest {
  return {
    ...base(),
    mode: 'apply',
    place: ['123456789012', 'r-root'],
    applyLossy: false,
    ...(plan && state !== undefined && { fix: { plan, state: stateDigest(state) } }),
    unfinished: [],
    ...more,
  };
}

/** @param history what the coordinator saved */
const undoRequest = (history: SavedHistory): UndoRequest => ({
  ...base(),
  mode: 'undo',
  history: gzipSync(JSON.stringify(history)).toString('base64'),
});

function invoke(payload: unknown, remaining = 60_000): Promise<RemediationResult> {
  const handler = remediationFunction(securityGroupAdapter());
  // Only the remaining time is used.
  return handler(payload, { getRemainingTimeInMillis: () => remaining } as Context);
}

/** Plans and applies; returns the answer, and what a coordinator saves of it. */
async function fix(): Promise<{ fixed: RemediationResult; history: SavedHistory }> {
  const planned = await invoke(planRequest());
  const fixed = await invoke(applyRequest(planned));
  const { plan, state = null } = planned;
  const step: FixStep = { before: state, changes: plan?.changes ?? [], ...fixed.step };
  const after = fixed.state ?? null;
  return { fixed, history: { steps: [step], after, savedAt: '2026-11-23T10:00:00.000Z', unfinished: [] } };
}

/** Everything that the table holds. */
async function items(): Promise<unknown[]> {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'ledger', ConsistentRead: true }));
  return Items;
}

const scope = '123456789012';
const stopSwitch = () => new StopSwitch(documents, 'ledger');
const paused = { scope, reason: 'A release.', by: 'anna', at: '2026-11-23T09:00:00.000Z' };
afterEach(() => stopSwitch().resume(scope, new Date().toISOString()));

describe('a remediation function', () => {
  it('plans, makes the plan, and undoes it, and writes to no table meanwhile', async () => {
    const planned = await invoke(planRequest());
    expect(planned).toMatchObject({
      version: 2,
      outcome: 'planned',
      state: { groupId, ingressRules: [{ FromPort: 22, CidrIpv4: '0.0.0.0/0' }] },
      plan: { changes: [{ action: 'revoke', fromPort: 22, cidr: '0.0.0.0/0' }] },
    });
    const { fixed, history } = await fix();
    expect(fixed).toMatchObject({
      version: 2,
      outcome: 'fixed',
      applied: 1,
      step: { made: [{ action: 'revoke', fromPort: 22, cidr: '0.0.0.0/0' }] },
      state: { groupId, ingressRules: [] },
    });
    expect(await invoke(undoRequest(history))).toMatchObject({
      outcome: 'undone',
      applied: 1,
      given: [{ action: 'authorize', fromPort: 22 }],
      violations: [{ kind: 'open-port' }],
      state: { ingressRules: [{ FromPort: 22 }] },
    });
    expect(await invoke(planRequest())).toMatchObject({ outcome: 'planned' });
    expect(await items()).toEqual([]);
  });

  it('answers so that the coordinator understands it', async () => {
    const { fixed, history } = await fix();
    for (const answer of [fixed, await invoke(undoRequest(history)), await invoke(planRequest())]) {
      expect(remediationResultSchema.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
    }
  });

  it('writes nothing while the account is paused, says so, and leaves the switch as it is', async () => {
    const planned = await invoke(planRequest());
    await stopSwitch().stop(paused);
    const before = await items();
    expect(await invoke(applyRequest(planned))).toMatchObject({
      outcome: 'stopped',
      applied: 0,
      step: { made: [] },
      reason: expect.stringContaining('paused by anna: A release.'),
    });
    expect(await items()).toEqual(before);
    await stopSwitch().resume(scope, new Date().toISOString());
    expect(await invoke(applyRequest(planned))).toMatchObject({ outcome: 'fixed' });
  });

  it('plans and undoes while the account is paused', async () => {
    const { history } = await fix();
    await stopSwitch().stop(paused);
    expect(await invoke(undoRequest(history))).toMatchObject({ outcome: 'undone', applied: 1 });
    expect(await invoke(planRequest())).toMatchObject({ outcome: 'planned' });
  });

  it('writes nothing from when a freeze begins', async () => {
    const planned = await invoke(planRequest());
    const writeBefore = new Date().toISOString();
    expect(await invoke(applyRequest(planned, { writeBefore }))).toMatchObject({
      outcome: 'stopped',
      applied: 0,
      reason: 'A freeze of the policy has begun.',
    });
  });

  it('writes nothing where the switch cannot be read, and says so', async () => {
    const planned = await invoke(planRequest());
    process.env.LEDGER_TABLE = 'no-such-table';
    const result = await invoke(applyRequest(planned));
    process.env.LEDGER_TABLE = 'ledger';
    expect(result).toMatchObject({ outcome: 'stopped', applied: 0, switchUnreadable: true });
    expect(await invoke(planRequest())).toMatchObject({ outcome: 'planned' });
  });

  it('writes nothing to a group that is not any more as it was planned from', async () => {
    const planned = await invoke(planRequest());
    expect(await invoke(applyRequest({ ...planned, state: { groupId } }))).toMatchObject({
      outcome: 'changed',
      applied: 0,
      look: { plan: planned.plan, state: planned.state },
    });
  });

  it('throws, and changes nothing, where the history of the fix cannot be understood', async () => {
    const { history } = await fix();
    for (const text of ['', '{', '7', '{"steps":[]}']) {
      const garbage = gzipSync(text).toString('base64');
      await expect(invoke({ ...undoRequest(history), history: garbage })).rejects.toThrow(
        'The history of the fix cannot be understood.',
      );
    }
    await expect(invoke({ ...undoRequest(history), history: 'no gzip' })).rejects.toThrow();
    expect(await invoke(planRequest())).toMatchObject({ outcome: 'already-compliant' });
  });

  it('logs the outcome, and never the credentials', async () => {
    const planned = await invoke(planRequest());
    process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    const info = vi.spyOn(console, 'info').mockImplementation((text) => lines.push(String(text)));
    const secret = { ...credentials, secretAccessKey: 'never-log', sessionToken: 'nor-this' };
    await invoke(applyRequest(planned, { credentials: secret }));
    write.mockRestore();
    info.mockRestore();
    process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
    expect(lines.join('')).toContain('fixed');
    expect(lines.join('')).not.toMatch(/never-log|nor-this|AKIDTEST/);
  });

  it('answers in time when there is none left', async () => {
    const planned = await invoke(planRequest());
    expect(await invoke(applyRequest(planned), 5_001)).toMatchObject({
      outcome: 'failed',
      applied: 0,
      reason: 'The function ran out of time.',
    });
  });

  it('throws for a request that makes no sense', async () => {
    await expect(invoke({ ...planRequest(), version: 1 })).rejects.toThrow(
      'The request cannot be understood',
    );
  });

  it('names the variable that it was deployed without', () => {
    delete process.env.LEDGER_TABLE;
    expect(() => remediationFunction(securityGroupAdapter())).toThrow('LEDGER_TABLE');
    process.env.LEDGER_TABLE = 'ledger';
  });
});
