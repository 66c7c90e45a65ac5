import { afterDeployment, beforeDeployment, type HubState } from './organization/ask';
import { cured } from './organization/cured';
import { FakeOrganization } from './organization/fake-organization';
import {
  accounts,
  deploy,
  everything,
  plantedOrganization,
  policyOf,
  policyText,
} from './organization/planted-organization';

/** Something that is wrong, and what the doctor should say of it. */
interface Gap {
  check: string;
  plant: (organization: FakeOrganization, state: HubState) => void;
  /** Where it is; nowhere for what is of the whole organization. */
  at?: { accountId: string; region?: string };
  /** Words of the verdict. */
  says: string;
}

const { hub, payments, trial } = accounts;
const inTrial = { accountId: trial, region: 'eu-west-1' };
const inPayments = { accountId: payments, region: 'eu-west-1' };

const denial = (more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'A', Effect: 'Deny', Action: ['iam:Create*'], Resource: '*', ...more }],
  });

const before: Readonly<Record<string, Gap>> = {
  'trusted access is missing': {
    check: 'trusted access',
    plant: ({ trusted }) => trusted.clear(),
    says: 'may not work in the whole organization',
  },
  'the hub is no delegated administrator': {
    check: 'delegated administrator',
    plant: ({ administrators }) => administrators.clear(),
    says: 'does not administer',
  },
  'a Region is not enabled in a member': {
    check: 'opt-in Region',
    plant: (organization) => {
      regionIn(organization, trial, 'eu-south-1').optIn = 'not-opted-in';
    },
    at: { accountId: trial, region: 'eu-south-1' },
    says: 'not enabled',
  },
  'a Region is not enabled in the management account': {
    check: 'opt-in Region',
    plant: (organization) => {
      regionIn(organization, accounts.management, 'eu-south-1').optIn = 'not-opted-in';
    },
    at: { accountId: accounts.management, region: 'eu-south-1' },
    says: 'not enabled',
  },
  "Lambda's quota is that of a new account": {
    check: 'quotas',
    plant: (organization) => {
      organization.executions = 10;
    },
    at: { accountId: hub, region: 'eu-west-1' },
    says: 'AWS gives the account 10',
  },
  'an operation of a stack set is running': {
    check: 'quotas',
    plant: (organization) => {
      organization.stackSets.set('staunch-rules', []);
      organization.operations.push({
        StackSetName: 'staunch-rules',
        OperationId: 'one',
        Action: 'UPDATE',
        Status: 'RUNNING',
      });
    },
    at: { accountId: hub, region: 'eu-west-1' },
    says: 'in the middle of UPDATE',
  },
  'the hub is not bootstrapped': {
    check: 'hub',
    plant: ({ buckets }) => buckets.clear(),
    at: { accountId: hub, region: 'eu-west-1' },
    says: 'not bootstrapped',
  },
  'somebody else has the bucket': {
    check: 'hub',
    plant: ({ buckets }) => buckets.set('staunch-config-222222222222', '999999999999'),
    at: { accountId: hub, region: 'eu-west-1' },
    says: 'Somebody else has a bucket',
  },
  'a recorder is there already': {
    check: 'recorder',
    plant: (organization) => {
      regionIn(organization, trial, 'eu-west-1').recorder = everything();
      regionIn(organization, trial, 'eu-south-1').recorder = everything();
    },
    at: inTrial,
    says: 'AWS takes one alone',
  },
  'a recorder records once a day': {
    check: 'recorder',
    plant: (organization) => {
      const recorder = everything();
      recorder.configuration.recordingMode.recordingFrequency = 'DAILY';
      regionIn(organization, payments, 'eu-west-1').recorder = recorder;
    },
    at: inPayments,
    says: 'not continuously: AWS::EC2::SecurityGroup',
  },
  'the trail was switched off': {
    check: 'trail',
    plant: ({ trail }) => {
      if (trail) trail.isLogging = false;
    },
    says: 'does not log',
  },
  'a service control policy denies': {
    check: 'service control policy',
    plant: ({ policies }) =>
      policies.set('p-deny', { name: 'no-roles', content: denial(), targets: new Set(['ou-abcd-sandbox0']) }),
    at: { accountId: trial },
    says: 'denies StackSets iam:CreateRole',
  },
  'a control of AWS Control Tower protects the recorder': {
    check: 'service control policy',
    plant: (organization) => {
      organization.policies.set('p-guard', {
        name: 'aws-guardrails-AbCdEf',
        content: denial({ Action: ['config:PutConfigurationRecorder'] }),
        targets: new Set(['ou-abcd-sandbox0']),
      });
      for (const region of ['eu-west-1', 'eu-south-1'])
        regionIn(organization, trial, region).recorder = everything();
    },
    at: { accountId: trial },
    says: 'denies StackSets config:PutConfigurationRecorder',
  },
};

const after: Readonly<Record<string, Gap>> = {
  'a stack instance failed': {
    check: 'stack instance',
    plant: ({ stackSets }) =>
      Object.assign(stackSets.get('staunch-access')?.find(({ Account }) => Account === trial) ?? {}, {
        Status: 'OUTDATED',
        StackInstanceStatus: { DetailedStatus: 'FAILED' },
        StatusReason: 'ResourceLogicalId:Read, ResourceStatusReason: quota exceeded\u001b[31m',
      }),
    at: inTrial,
    says: 'staunch-access is OUTDATED, FAILED.',
  },
  'a stack instance is inoperable': {
    check: 'stack instance',
    plant: ({ stackSets }) =>
      Object.assign(stackSets.get('staunch-access')?.find(({ Account }) => Account === trial) ?? {}, {
        Status: 'INOPERABLE',
        StackInstanceStatus: { DetailedStatus: 'INOPERABLE' },
      }),
    at: inTrial,
    says: 'staunch-access is inoperable',
  },
  'a stack instance is missing': {
    check: 'stack instance',
    plant: ({ stackSets }) => {
      const trail = stackSets.get('staunch-trail') ?? [];
      trail.splice(
        trail.findIndex(({ Account, Region }) => Account === trial && Region === 'eu-west-1'),
        1,
      );
    },
    at: inTrial,
    says: 'staunch-trail is missing.',
  },
  'a recorder is stopped': {
    check: 'recorder',
    plant: (organization) => {
      const { recorder } = regionIn(organization, trial, 'eu-west-1');
      if (recorder) recorder.isRecording = false;
    },
    at: inTrial,
    says: 'The recorder staunch is stopped.',
  },
  'a recorder leaves a type out': {
    check: 'recorder',
    plant: (organization) => {
      const recorder = everything();
      Object.assign(recorder.configuration.recordingGroup, {
        allSupported: false,
        exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket', 'AWS::EC2::Host'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      });
      regionIn(organization, payments, 'eu-west-1').recorder = recorder;
    },
    at: inPayments,
    says: 'AWS::S3::Bucket',
  },
  'a rule is missing': {
    check: 'rules',
    plant: (organization) =>
      regionIn(organization, trial, 'eu-west-1').rules.delete('staunch-s3-public-access'),
    at: inTrial,
    says: 'Missing: staunch-s3-public-access.',
  },
  'a rule fails': {
    check: 'evaluations',
    plant: (organization) =>
      Object.assign(regionIn(organization, trial, 'eu-west-1').rules.get('staunch-s3-public-access') ?? {}, {
        succeededAt: new Date('2026-11-26T00:00:00Z'),
        failedAt: new Date('2026-11-27T00:00:00Z'),
        failure: 'The function was throttled.',
      }),
    at: inTrial,
    says: 'The evaluations of staunch-s3-public-access fail.',
  },
  'a rule was not evaluated lately': {
    check: 'evaluations',
    plant: (organization) =>
      Object.assign(
        regionIn(organization, trial, 'eu-west-1').rules.get('staunch-cloudtrail-enabled') ?? {},
        {
          succeededAt: new Date('2026-11-20T00:00:00Z'),
        },
      ),
    at: inTrial,
    says: 'Not evaluated lately: staunch-cloudtrail-enabled.',
  },
  'a function is of another version': {
    check: 'function',
    plant: (organization) =>
      Object.assign(regionIn(organization, trial, 'eu-west-1').rules.get('staunch-sqs-public-policy') ?? {}, {
        parameters: '{"verdictCode":"old"}',
      }),
    at: inTrial,
    says: "Another version than the hub's decides: staunch-sqs-public-policy.",
  },
  'a forwarding rule is disabled': {
    check: 'trail',
    plant: (organization) =>
      regionIn(organization, trial, 'eu-west-1').forwarding.set('staunch-forward-trail-bucket', false),
    at: inTrial,
    says: 'Disabled: staunch-forward-trail-bucket.',
  },
  'a role cannot be assumed': {
    check: 'roles',
    plant: (organization) => organization.account(trial).roles.delete('staunch/staunch-patrol'),
    at: { accountId: trial },
    says: 'cannot be assumed',
  },
  'a role is missing': {
    check: 'roles',
    plant: (organization) => organization.account(trial).roles.delete('staunch/staunch-remediation'),
    at: { accountId: trial },
    says: 'Missing: staunch-remediation.',
  },
  'no patrol came': {
    check: 'patrol',
    plant: (_organization, { unpatrolled }) => unpatrolled.add(`${trial} eu-west-1`),
    at: inTrial,
    says: 'No patrol went through all of it in time.',
  },
  "the hub's queue takes nothing of rule functions": {
    check: 'rule probe',
    plant: (organization) => {
      organization.queuePolicy = false;
    },
    at: inTrial,
    says: 'cannot send to the hub',
  },
  'a recorded call does not reach the hub, though a trail logs': {
    check: 'trail probe',
    plant: ({ lostWays }) => lostWays.add(`trail ${trial} eu-west-1`),
    at: inTrial,
    says: 'did not reach the hub',
  },
  'no probe of the patrol came back': {
    check: 'patrol probe',
    plant: ({ lostWays }) => lostWays.add(`patrol ${trial} eu-west-1`),
    at: inTrial,
    says: 'did not come through here',
  },
  'a role for probes is missing': {
    check: 'trail probe',
    plant: (organization) => organization.account(trial).roles.delete('staunch/staunch-probe'),
    at: inTrial,
    says: 'may not make the call',
  },
  "the rule that forwards the doctor's calls is gone": {
    check: 'trail',
    plant: (organization) =>
      regionIn(organization, trial, 'eu-west-1').forwarding.delete('staunch-forward-trail-probe'),
    at: inTrial,
    says: 'Missing: staunch-forward-trail-probe.',
  },
  'the hub works by another policy': {
    check: 'policy',
    plant: (_organization, state) => {
      state.policy = { ...state.policy, lossy: 'apply' };
    },
    says: 'another policy',
  },
};

function regionIn(organization: FakeOrganization, accountId: string, name: string) {
  const region = organization.account(accountId).regions.get(name);
  if (region === undefined) throw new Error(`${accountId} has no ${name}`);
  return region;
}

function deployedOrganization(): { organization: FakeOrganization; state: HubState } {
  const organization = plantedOrganization();
  deploy(organization, policyOf());
  return { organization, state: { policy: policyOf(), unpatrolled: new Set(), unreachable: [] } };
}

describe('the doctor before a deployment', () => {
  it('finds an organization of the shape of AWS Control Tower ready, whose accounts have recorders', async () => {
    const { verdicts, isWell } = await beforeDeployment(plantedOrganization(accounts.management), policyOf());

    expect(verdicts.filter(({ condition }) => condition === 'not well' || condition === 'unknown')).toEqual(
      [],
    );
    expect(isWell).toBe(true);
    expect(verdicts).toContainEqual(
      expect.objectContaining({
        condition: 'not covered',
        accountId: accounts.gone,
        text: expect.stringContaining('suspended'),
      }),
    );
  });

  it.each(Object.entries(before))(
    'finds that %s, with what cures it',
    async (_, { check, plant, at, says }) => {
      const organization = plantedOrganization(accounts.management);
      plant(organization, { policy: policyOf(), unpatrolled: new Set(), unreachable: [] });

      const { verdicts } = await beforeDeployment(organization, policyOf());
      const wrong = verdicts.filter(({ condition }) => condition === 'not well');

      expect(wrong).toContainEqual(
        expect.objectContaining({ check, ...at, text: expect.stringContaining(says) }),
      );
      let policy = policyText;
      for (const { cure } of wrong) if (cure) policy = (await cured(organization, cure, policy)).policy;
      const again = await beforeDeployment(organization, policyOf(policy));
      expect(
        again.verdicts.filter(({ condition }) => condition !== 'well' && condition !== 'not covered'),
      ).toEqual([]);
    },
  );

  it('takes it for a notice that there is no trail of the organization: the other detectors work without', async () => {
    const organization = plantedOrganization(accounts.management);
    organization.trail = undefined;
    const { verdicts, isWell } = await beforeDeployment(organization, policyOf());

    expect(isWell).toBe(true);
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'trail', condition: 'notice' }));
  });

  it('calls unknown what the credentials do not let it read, and says whose would', async () => {
    const { verdicts, isWell } = await beforeDeployment(plantedOrganization(), policyOf(), accounts.hub);

    expect(isWell).toBe(false);
    expect(verdicts).toContainEqual(
      expect.objectContaining({
        check: 'recorder',
        condition: 'unknown',
        accountId: trial,
        said: expect.stringContaining('AccessDenied'),
        cure: expect.objectContaining({ account: accounts.management }),
      }),
    );
  });
});

describe('the doctor after a deployment', () => {
  it('finds a deployment well, and asks nothing of accounts that are not covered', async () => {
    const { organization, state } = deployedOrganization();

    const { verdicts, isWell } = await afterDeployment(organization, state, policyOf());

    expect(verdicts.filter(({ condition }) => condition === 'not well' || condition === 'unknown')).toEqual(
      [],
    );
    expect(isWell).toBe(true);
    expect(verdicts.filter(({ accountId }) => accountId === accounts.gone)).toEqual([
      expect.objectContaining({ condition: 'not covered' }),
    ]);
  });

  it.each(Object.entries(after))(
    'finds that %s, with what cures it',
    async (_, { check, plant, at, says }) => {
      const { organization, state } = deployedOrganization();
      plant(organization, state);

      const { verdicts } = await afterDeployment(organization, state, policyOf());
      const wrong = verdicts.filter(({ condition }) => condition === 'not well');

      expect(wrong).toContainEqual(
        expect.objectContaining({ check, ...at, text: expect.stringContaining(says) }),
      );
      for (const { cure } of wrong) {
        if (cure === undefined) continue;
        const { deployed, patrolled } = await cured(organization, cure, policyText);
        for (const place of patrolled) {
          state.unpatrolled.delete(place);
          organization.lostWays.delete(`patrol ${place}`);
        }
        if (!deployed) continue;
        deploy(organization, policyOf());
        state.policy = policyOf();
      }
      expect((await afterDeployment(organization, state, policyOf())).isWell).toBe(true);
    },
  );

  it('takes it for a notice that no trail logs anywhere, and sends no probe by one', async () => {
    const { organization, state } = deployedOrganization();
    organization.trail = undefined;
    const { verdicts, isWell } = await afterDeployment(organization, state, policyOf());

    expect(isWell).toBe(true);
    const conditions = verdicts.filter(({ check }) => check === 'trail').map(({ condition }) => condition);
    expect(new Set(conditions)).toEqual(new Set(['notice']));
    expect(verdicts.filter(({ check }) => check === 'trail probe')).toEqual([]);
  });

  it("shows AWS's reason without what controls a terminal", async () => {
    const { organization, state } = deployedOrganization();
    after['a stack instance failed']?.plant(organization, state);

    const { verdicts } = await afterDeployment(organization, state, policyOf());

    expect(verdicts.map(({ said }) => said)).toContain(
      'ResourceLogicalId:Read, ResourceStatusReason: quota exceeded',
    );
  });

  it('tells of an account alone where it is asked about one', async () => {
    const { organization, state } = deployedOrganization();

    const { verdicts } = await afterDeployment(organization, state, policyOf(), 'trial');

    expect(new Set(verdicts.map(({ accountId }) => accountId))).toEqual(new Set([undefined, trial]));
  });

  it('calls all of a place unknown where the hub may not be the doctor', async () => {
    const { organization, state } = deployedOrganization();
    organization.account(hub).roles.delete('staunch/staunch-doctor');

    const { verdicts, isWell } = await afterDeployment(organization, state, policyOf());

    expect(isWell).toBe(false);
    const ofRecorders = verdicts.filter(({ check }) => check === 'recorder');
    expect(new Set(ofRecorders.map(({ condition }) => condition))).toEqual(new Set(['unknown']));
  });
});

describe('probes', () => {
  const ofProbes = ({ verdicts }: Awaited<ReturnType<typeof afterDeployment>>) =>
    verdicts.filter(({ check }) => check.endsWith('probe'));

  it('go by each detector from every account and Region that is covered, and by no rule without a recorder', async () => {
    const { organization, state } = deployedOrganization();
    const policy = policyOf(policyText.replace('"333333333333": existing', '"333333333333": none'));

    const found = ofProbes(await afterDeployment(organization, { ...state, policy }, policy));

    const ways = found.map(({ check, accountId, region }) => `${check} ${accountId} ${region}`);
    for (const region of ['eu-west-1', 'eu-south-1'])
      for (const check of ['rule probe', 'trail probe', 'patrol probe']) {
        expect(ways).toContain(`${check} ${trial} ${region}`);
        expect(ways.includes(`${check} ${payments} ${region}`)).toBe(check !== 'rule probe');
      }
    expect(found.every(({ condition }) => condition === 'well')).toBe(true);
  });

  it('enable no rule that somebody has disabled', async () => {
    const { organization, state } = deployedOrganization();
    const { forwarding } = regionIn(organization, trial, 'eu-west-1');
    forwarding.set('staunch-forward-trail-probe', false);

    const found = await afterDeployment(organization, state, policyOf(), 'trial');

    expect(forwarding.get('staunch-forward-trail-probe')).toBe(false);
    expect(found.verdicts).toContainEqual(
      expect.objectContaining({ check: 'trail', condition: 'not well', ...inTrial }),
    );
  });

  it('are waited for no longer than they may take, and one that is late is not well', async () => {
    const { organization, state } = deployedOrganization();
    organization.lostWays.add(`rule ${trial} eu-west-1`);

    const late = ofProbes(await afterDeployment(organization, state, policyOf())).filter(
      ({ condition }) => condition !== 'well',
    );

    expect(late).toEqual([
      expect.objectContaining({ check: 'rule probe', condition: 'not well', ...inTrial }),
    ]);
    expect(organization.calls).toBeLessThan(1_000);
  });

  it('are unknown in all where no round can be begun', async () => {
    const { organization, state } = deployedOrganization();
    organization.answer = async function (this: FakeOrganization, operation, input, call) {
      if (operation === 'PutItem')
        throw Object.assign(new Error('not authorized to perform: dynamodb:PutItem'), {
          name: 'AccessDeniedException',
          $metadata: {},
        });
      return FakeOrganization.prototype.answer.call(this, operation, input, call);
    };

    const { verdicts, isWell } = await afterDeployment(organization, state, policyOf());

    expect(isWell).toBe(false);
    expect(verdicts.filter(({ check }) => check.includes('probe'))).toEqual([
      expect.objectContaining({
        check: 'probes',
        condition: 'unknown',
        said: expect.stringContaining('PutItem'),
      }),
    ]);
  });
});
