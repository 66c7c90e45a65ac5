import { FakeError } from './fake-error';
import type { FakeRegion } from './fake-parts';
import type { FakeCall, FakeState } from './fake-state';

type Input = Record<string, unknown>;
type Answer = (organization: FakeState, input: Input, call: FakeCall) => object;

/** What the organization in memory answers, by the names of AWS's operations. */
export const answers: Readonly<Record<string, Answer>> = {
  GetCallerIdentity: (_of, _input, { account }) => ({
    Account: account,
    Arn: `arn:aws:iam::${account}:user/ada`,
  }),
  AssumeRole: (of, input, { account }) => {
    const [, target = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(String(input.RoleArn)) ?? [];
    const denied = new FakeError(
      'AccessDenied',
      `User of ${account} is not authorized to perform: sts:AssumeRole`,
    );
    if (!of.account(target).roles.has(name)) throw denied;
    if (name === 'OrganizationAccountAccessRole' && account !== of.management) throw denied;
    return { Credentials: { AccessKeyId: target, SecretAccessKey: 'any', SessionToken: 'any' } };
  },
  // AWS Organizations
  DescribeOrganization: (of) => ({
    Organization: { Id: 'o-exampleorg1', FeatureSet: of.featureSet, MasterAccountId: of.management },
  }),
  EnableAllFeatures: (of) => {
    of.featureSet = 'ALL';
    return {};
  },
  ListAWSServiceAccessForOrganization: (of) => ({
    EnabledServicePrincipals: [...of.trusted].map((ServicePrincipal) => ({ ServicePrincipal })),
  }),
  ListDelegatedAdministrators: (of) => ({
    DelegatedAdministrators: [...of.administrators].map((Id) => ({ Id })),
  }),
  RegisterDelegatedAdministrator: (of, { AccountId }) => {
    of.administrators.add(String(AccountId));
    return {};
  },
  ListRoots: () => ({ Roots: [{ Id: 'r-abcd', Name: 'Root' }] }),
  ListOrganizationalUnitsForParent: (of, { ParentId }) => ({
    OrganizationalUnits: of.units
      .filter(({ parentId }) => parentId === ParentId)
      .map(({ id: Id, name: Name }) => ({ Id, Name })),
  }),
  ListAccountsForParent: (of, { ParentId }) => ({
    Accounts: [...of.accounts.values()]
      .filter(({ parentId }) => parentId === ParentId)
      .map(({ id: Id, name: Name, status: Status }) => ({ Id, Name, Status })),
  }),
  ListPolicies: (of) => ({ Policies: [...of.policies.keys()].map((Id) => ({ Id })) }),
  DescribePolicy: (of, { PolicyId }) => {
    const policy = of.policies.get(String(PolicyId));
    return { Policy: { Content: policy?.content, PolicySummary: { Id: PolicyId, Name: policy?.name } } };
  },
  ListTargetsForPolicy: (of, { PolicyId }) => ({
    Targets: [...(of.policies.get(String(PolicyId))?.targets ?? [])].map((TargetId) => ({ TargetId })),
  }),
  UpdatePolicy: (of, { PolicyId, Content }) => {
    const policy = of.policies.get(String(PolicyId));
    if (policy) policy.content = String(Content);
    return {};
  },
  AttachPolicy: (of, { PolicyId, TargetId }) => {
    of.policies.get(String(PolicyId))?.targets.add(String(TargetId));
    return {};
  },
  // The hub's services
  ActivateOrganizationsAccess: (of) => {
    of.trusted.add('member.org.stacksets.cloudformation.amazonaws.com');
    return {};
  },
  ListStackSets: (of) => ({ Summaries: [...of.stackSets.keys()].map((StackSetName) => ({ StackSetName })) }),
  ListStackSetOperations: (of, { StackSetName }) => ({
    Summaries: of.operations.filter((operation) => operation.StackSetName === StackSetName),
  }),
  StopStackSetOperation: (of, { OperationId }) => {
    for (const operation of of.operations)
      if (operation.OperationId === OperationId) operation.Status = 'STOPPED';
    return {};
  },
  ListStackInstances: (of, { StackSetName }) => {
    const instances = of.stackSets.get(String(StackSetName));
    if (instances === undefined)
      throw new FakeError('StackSetNotFoundException', `StackSet ${StackSetName} not found`);
    return { Summaries: instances };
  },
  CreateStackInstances: (of, input) => operateOn(of, input),
  DeleteStackInstances: (of, input) => operateOn(of, input, true),
  GetAccountSettings: (of) => ({ AccountLimit: { UnreservedConcurrentExecutions: of.executions } }),
  RequestServiceQuotaIncrease: (of, { DesiredValue }) => {
    of.executions = Number(DesiredValue);
    return {};
  },
  HeadBucket: (of, { Bucket, ExpectedBucketOwner }) => {
    const owner = of.buckets.get(String(Bucket));
    if (owner === undefined) throw new FakeError('NotFound', 'not there');
    if (owner !== ExpectedBucketOwner) throw new FakeError('Forbidden', 'another account has it');
    return {};
  },
  // Members
  EnableRegion: (of, { RegionName }, { account }) => {
    const region = of.account(account).regions.get(String(RegionName));
    if (region) region.optIn = 'opted-in';
    return {};
  },
  DescribeRegions: (of, _input, { account }) => ({
    Regions: [...of.account(account).regions].map(([RegionName, { optIn }]) => ({
      RegionName,
      OptInStatus: optIn,
    })),
  }),
  GetRole: (of, { RoleName }, { account }) => {
    if (!of.account(account).roles.has(`staunch/${RoleName}`))
      throw new FakeError('NoSuchEntityException', 'no such role');
    return { Role: { RoleName } };
  },
  DescribeConfigurationRecorders: (of, _input, call) => {
    const { recorder } = regionOf(of, call);
    return { ConfigurationRecorders: recorder ? [recorder.configuration] : [] };
  },
  DescribeConfigurationRecorderStatus: (of, _input, call) => {
    const { recorder } = regionOf(of, call);
    return {
      ConfigurationRecordersStatus: recorder
        ? [{ name: recorder.configuration.name, recording: recorder.isRecording, lastStatus: 'Success' }]
        : [],
    };
  },
  StartConfigurationRecorder: (of, _input, call) => {
    const { recorder } = regionOf(of, call);
    if (recorder) recorder.isRecording = true;
    return {};
  },
  PutConfigurationRecorder: (of, { ConfigurationRecorder }, call) => {
    const { recorder } = regionOf(of, call);
    if (recorder) recorder.configuration = ConfigurationRecorder as Record<string, unknown>;
    return {};
  },
  DescribeConfigRules: (of, _input, call) => ({
    ConfigRules: [...regionOf(of, call).rules].map(([ConfigRuleName, { parameters }]) => ({
      ConfigRuleName,
      ConfigRuleState: 'ACTIVE',
      InputParameters: parameters,
    })),
  }),
  DescribeConfigRuleEvaluationStatus: (of, _input, call) => ({
    ConfigRulesEvaluationStatus: [...regionOf(of, call).rules].map(([ConfigRuleName, rule]) => ({
      ConfigRuleName,
      LastSuccessfulEvaluationTime: rule.succeededAt,
      LastFailedEvaluationTime: rule.failedAt,
      LastErrorMessage: rule.failure,
    })),
  }),
  StartConfigRulesEvaluation: (of, { ConfigRuleNames }, call) => {
    for (const name of ConfigRuleNames as string[]) {
      const rule = regionOf(of, call).rules.get(name);
      if (rule) rule.succeededAt = new Date('2026-11-27T12:00:00Z');
    }
    return {};
  },
  ListRules: (of, _input, call) => ({
    Rules: [...regionOf(of, call).forwarding].map(([Name, isEnabled]) => ({
      Name,
      State: isEnabled ? 'ENABLED' : 'DISABLED',
    })),
  }),
  EnableRule: (of, { Name }, call) => {
    regionOf(of, call).forwarding.set(String(Name), true);
    if (Name === 'staunch-forward-trail-probe' && of.trail?.isLogging)
      of.probeArrives('trail', call.account, call.region);
    return {};
  },
  // Probes
  PutItem: () => ({}),
  Query: (of) => ({
    Items: of.arrivals.map((arrival) => ({ ...arrival, arrivedAt: '2026-11-27T12:00:00.000Z' })),
  }),
  Invoke: (of, _input, { account, region }) => {
    if (!of.queuePolicy)
      return {
        FunctionError: 'Unhandled',
        Payload: Buffer.from('{"errorMessage":"AccessDenied: not authorized to perform: sqs:SendMessage"}'),
      };
    of.probeArrives('rule', account, region);
    return {};
  },
  SendMessageBatch: (of, { Entries }) => {
    for (const { MessageBody } of Entries as { MessageBody: string }[]) {
      const { accountId, region } = JSON.parse(MessageBody) as { accountId: string; region: string };
      of.probeArrives('patrol', accountId, region);
    }
    return {};
  },
  DescribeTrails: ({ trail }) => ({
    trailList: trail
      ? [
          {
            TrailARN: trail.arn,
            HomeRegion: 'eu-west-1',
            IsOrganizationTrail: true,
            IsMultiRegionTrail: trail.isEverywhere,
          },
        ]
      : [],
  }),
  GetTrailStatus: ({ trail }) => ({ IsLogging: trail?.isLogging }),
  StartLogging: (of) => {
    if (of.trail) of.trail.isLogging = true;
    return {};
  },
  UpdateTrail: (of) => {
    if (of.trail) of.trail.isEverywhere = true;
    return {};
  },
  CreateTrail: (of, { IsMultiRegionTrail }) => {
    of.trail = {
      arn: 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/organization',
      isLogging: false,
      isEverywhere: IsMultiRegionTrail === true,
    };
    return {};
  },
};

function regionOf(of: FakeState, { account, region }: FakeCall): FakeRegion {
  const found = of.account(account).regions.get(region);
  if (found === undefined || found.optIn === 'not-opted-in')
    throw new FakeError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  return found;
}

/** An operation deploys to the accounts that its targets have in common. */
function operateOn(
  of: FakeState,
  { StackSetName, DeploymentTargets, Regions }: Input,
  deletes = false,
): object {
  const { Accounts, OrganizationalUnitIds, AccountFilterType } = DeploymentTargets as Record<
    string,
    string[] | string
  >;
  if (AccountFilterType !== 'INTERSECTION' || OrganizationalUnitIds?.length === 0)
    throw new FakeError('ValidationError', 'service-managed stack sets take organizational units');
  const known = of.stackSets.get(String(StackSetName)) ?? [];
  for (const account of [Accounts ?? []].flat())
    for (const region of Regions as string[]) {
      const others = known.filter(({ Account, Region }) => Account !== account || Region !== region);
      const its = known.find(({ Account, Region }) => Account === account && Region === region);
      // AWS takes nothing but a deletion of one that is inoperable.
      if (!deletes && its?.Status === 'INOPERABLE') continue;
      known.splice(0, known.length, ...others, ...(deletes ? [] : [instanceOf(account, region)]));
    }
  return { OperationId: 'operation-1' };
}

/** A stack instance that is as it should be. */
export function instanceOf(Account: string, Region: string) {
  return { Account, Region, Status: 'CURRENT', StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' } };
}
