/** What one request of a stranger says of itself: condition keys in lower case. */
export type StrangersRequest = Readonly<Record<string, string | readonly string[]>>;

const stranger = '999999999999';

/** Whom a stranger can be: nobody, or a principal of his own account, in an organization of his own or in none. */
const callers: readonly StrangersRequest[] = [
  {} as StrangersRequest,
  ...[{}, { 'aws:principalorgid': 'o-strangers01', 'aws:principalorgpaths': ['o-strangers01/r-1/'] }].map(
    (organization) => ({
      'aws:principalarn': `arn:aws:iam::${stranger}:role/444455556666`,
      'aws:principalaccount': stranger,
      'aws:userid': 'AROASTRANGERSTRANGER:AROAEXAMPLE4L7M3NPQRS:x',
      'aws:principalisawsservice': 'false',
      'aws:principaltag/org': 'o-strangers01',
      ...organization,
    }),
  ),
].flatMap((caller) =>
  'aws:principalarn' in caller
    ? ['blue', 'red'].map((team) => ({ ...caller, 'aws:principaltag/team': team }))
    : [caller],
);

/** From where: the internet, or a VPC of his own with any private address. */
const networks: readonly StrangersRequest[] = [
  { 'aws:sourceip': '8.8.8.8' },
  { 'aws:sourceip': '200.1.2.3' },
  { 'aws:sourceip': '2600:1f18::1' },
  {
    'aws:vpcsourceip': '10.0.0.1',
    'aws:vpceaccount': stranger,
    'aws:vpceorgid': 'o-strangers01',
    'aws:sourcevpc': 'vpc-strangers',
    'aws:sourcevpce': 'vpce-strangers',
    'aws:sourcevpcarn': `arn:aws:ec2:eu-west-1:${stranger}:vpc/vpc-strangers`,
  },
];

const ways: readonly StrangersRequest[] = [
  { 'aws:viaawsservice': 'false' },
  { 'aws:viaawsservice': 'true', 'aws:calledvia': ['athena.amazonaws.com', 'kms.amazonaws.com'] },
];

/** Requests that strangers make themselves. */
export const strangersRequests: readonly StrangersRequest[] = callers.flatMap((caller) =>
  networks.flatMap((network) =>
    ways.map((way) => ({ 'aws:securetransport': 'true', ...caller, ...network, ...way })),
  ),
);

/** Requests that one of AWS's services makes for a stranger, whose resource may have any name. */
export const requestsForStrangers: readonly StrangersRequest[] = [
  `arn:aws:cloudwatch:eu-west-1:${stranger}:alarm:x:444455556666:alarm:y`,
  `arn:aws:sns:eu-west-1:${stranger}:orders`,
  'arn:aws:s3:::photos-of-strangers',
].flatMap((arn) =>
  [{}, { 'aws:sourceorgid': 'o-strangers01', 'aws:sourceorgpaths': ['o-strangers01/r-1/'] }].map(
    (organization) => ({
      'aws:securetransport': 'true',
      'aws:principalisawsservice': 'true',
      'aws:principalservicename': 'sns.amazonaws.com',
      'aws:principalservicenameslist': ['sns.amazonaws.com'],
      'aws:sourcearn': arn,
      'aws:sourceaccount': stranger,
      'aws:sourceowner': stranger,
      ...organization,
    }),
  ),
);
