import type { PacedService } from '../throughput/call-times';

/** What the bench knows of an operation of AWS: whose it is, and how its answers come. */
interface Operation {
  service: PacedService;
  /** Which of the answer's lists comes in pages, how much each holds at the most, and by what the next is asked for. */
  page?: { list: string; most: number; token: 'NextToken' };
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html and its like: `MaxResults`. */
const ofOrganizations = (list: string): Operation => ({
  service: 'Organizations',
  page: { list, most: 20, token: 'NextToken' },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html and its like: `MaxResults`. */
const ofCloudFormation = (list: string): Operation => ({
  service: 'CloudFormation',
  page: { list, most: 100, token: 'NextToken' },
});

/** What operators and the reconcile ask of AWS about an organization, by the operations' names. */
export const operations: Readonly<Record<string, Operation>> = {
  AssumeRole: { service: 'STS' },
  ListRoots: ofOrganizations('Roots'),
  ListOrganizationalUnitsForParent: ofOrganizations('OrganizationalUnits'),
  ListAccountsForParent: ofOrganizations('Accounts'),
  ListPolicies: ofOrganizations('Policies'),
  ListTargetsForPolicy: ofOrganizations('Targets'),
  ListAWSServiceAccessForOrganization: ofOrganizations('EnabledServicePrincipals'),
  ListDelegatedAdministrators: ofOrganizations('DelegatedAdministrators'),
  DescribeOrganization: { service: 'Organizations' },
  DescribePolicy: { service: 'Organizations' },
  ListStackSets: ofCloudFormation('Summaries'),
  ListStackInstances: ofCloudFormation('Summaries'),
  ListStackSetOperations: ofCloudFormation('Summaries'),
  UpdateStackInstances: { service: 'CloudFormation' },
  DeleteStackInstances: { service: 'CloudFormation' },
  GetRole: { service: 'IAM' },
  DescribeConfigurationRecorders: { service: 'AWS Config' },
  DescribeConfigurationRecorderStatus: { service: 'AWS Config' },
  DescribeConfigRules: { service: 'AWS Config' },
  DescribeConfigRuleEvaluationStatus: { service: 'AWS Config' },
  ListRules: { service: 'EventBridge' },
  DescribeTrails: { service: 'CloudTrail' },
  GetTrailStatus: { service: 'CloudTrail' },
  DescribeRegions: { service: 'EC2' },
  GetAccountSettings: { service: 'Lambda' },
  HeadBucket: { service: 'S3' },
};

/**
 * The page of an answer that is asked for.
 * @param answer with the whole list
 */
export function pageOf({ page }: Operation, answer: object, input: Record<string, unknown>): object {
  if (page === undefined) return answer;
  const { list, most, token } = page;
  const all = (answer as Record<string, unknown[]>)[list] ?? [];
  const from = Number(input[token] ?? 0);
  const next = from + most;
  return {
    ...answer,
    [list]: all.slice(from, next),
    ...(next < all.length && { [token]: String(next) }),
  };
}
