import fc from 'fast-check';
import { factsById, factsOfType } from '../../controls/facts';
import { accountIdPattern, regionPattern } from '../../core/finding';
import { openerSchema } from '../../core/opener';
import {
  type Hint,
  type Hints,
  UnusableMessageError,
  type WideHint,
} from '../../hub-functions/coordinator/intake/hint';
import { parseMessage } from '../../hub-functions/coordinator/intake/message';
import {
  factsOf,
  isFixableResourceType,
  isResourceId,
  type resourceTypes,
} from '../../resources/resource-types';

const controls = { findControl: factsById, controlsOf: factsOfType };
const own = fc.constantFrom;
const fields = <Values>(model: { [Key in keyof Values]: fc.Arbitrary<Values[Key]> }) =>
  fc.record(model, { requiredKeys: [] });

/** Values that a field of an event may hold in place of what AWS writes. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  own(
    '',
    '*',
    '#',
    '../x',
    '__proto__',
    '\u0000',
    '\ud800',
    '\u202e',
    'x'.repeat(600),
    '$\u007baws:username}',
  ),
  own<unknown>(null, -0, 1e308, true, [], {}, [[[]]], { items: {} }, { items: [null] }),
);
const mostly = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 7, arbitrary }, { weight: 1, arbitrary: anything });
const listOf = (item: fc.Arbitrary<unknown>) =>
  mostly(fields({ items: mostly(fc.array(mostly(item), { maxLength: 2 })) }));

const cidr = mostly(own('0.0.0.0/0', '10.0.0.0/8', '::/0', '8.8.8.8/32', '0.0.0.0/99', '1.2.3/8', 'x'));
const groupId = mostly(own('sg-0123456789abcdef0', 'sg-0123abcd', 'sg-1', 'sg-*', 'sg-0123456789abcdef0#x'));
const rule = fields({ CidrIpv4: cidr, CidrIpv6: cidr, ReferencedGroupId: anything, PrefixListId: anything });
const authorized = fields({
  groupId,
  cidrIp: fc.option(cidr, { nil: undefined, freq: 2 }),
  ipPermissions: listOf(
    fields({
      ipRanges: listOf(fields({ cidrIp: cidr })),
      ipv6Ranges: listOf(fields({ cidrIpv6: cidr })),
      prefixListIds: anything,
      groups: anything,
    }),
  ),
});
const modified = fields({
  ModifySecurityGroupRulesRequest: mostly(
    fields({ GroupId: groupId, SecurityGroupRule: listOf(fields({ SecurityGroupRule: mostly(rule) })) }),
  ),
  ModifyManagedPrefixListRequest: mostly(
    fields({ PrefixListId: anything, AddEntry: mostly(fc.array(fields({ Cidr: cidr }), { maxLength: 2 })) }),
  ),
});
const ofBucket = fields({
  bucketName: mostly(own('photos', 'My_Old.Photos', 'photos/*', 'a', '*', 'arn:aws:s3:::photos')),
  PublicAccessBlockConfiguration: mostly(fields({ BlockPublicAcls: own<unknown>(true, false, 'true') })),
});
const ofQueue = fields({
  queueUrl: mostly(
    own(
      'https://sqs.eu-west-1.amazonaws.com/111122223333/orders',
      'https://sqs.eu-west-1.amazonaws.com/111122223333/*',
      'http://[::1]/111122223333/a#b',
      'https://sqs.eu-west-1.amazonaws.com/999999999999/orders',
    ),
  ),
  attributes: mostly(fields({ Policy: anything })),
});
const ofTopic = fields({
  topicArn: mostly(
    own(
      'arn:aws:sns:eu-west-1:111122223333:news',
      'arn:aws:sns:eu-west-1:111122223333:*',
      'arn:aws:sns:eu-west-1:111122223333:a#b',
      'arn:aws:sns:eu-west-1:999999999999:news',
    ),
  ),
  attributeName: mostly(own('Policy', 'DisplayName')),
});
const ofRepository = fields({
  repositoryName: mostly(own('team/images', 'team/*', 'a#b', 'Images', 'arn:aws:ecr:::repository/a')),
  registryId: own<unknown>(undefined, '111122223333', '999999999999', 7),
});
const identity = fields({
  type: mostly(own('AssumedRole', 'IAMUser', 'Root', 'AWSService', 'SAMLUser')),
  arn: mostly(own('arn:aws:sts::111122223333:assumed-role/x/y', 'arn:')),
  userName: anything,
  principalId: anything,
  invokedBy: mostly(own('cloudformation.amazonaws.com')),
  sessionContext: mostly(fields({ sessionIssuer: mostly(fields({ arn: anything })) })),
});

/** A call of one of a type's events, whose parameters are such a call's, or those of none. */
const callAbout = (type: keyof typeof resourceTypes, parameters: fc.Arbitrary<unknown>) =>
  fc.record(
    {
      eventSource: fc.oneof(
        { weight: 30, arbitrary: own(factsOf(type).trail.source) },
        { weight: 1, arbitrary: anything },
      ),
      eventName: fc.oneof(
        { weight: 30, arbitrary: own(...factsOf(type).trail.opening) },
        { weight: 1, arbitrary: anything },
      ),
      eventTime: mostly(own('2026-11-23T10:00:00Z')),
      userIdentity: mostly(identity),
      sourceIPAddress: anything,
      userAgent: anything,
      requestParameters: mostly(parameters),
      responseElements: fc.option(mostly(parameters), { freq: 2 }),
      resources: anything,
      errorCode: fc.oneof({ weight: 9, arbitrary: own(undefined) }, { weight: 1, arbitrary: anything }),
    },
    { requiredKeys: ['eventSource', 'eventName'] },
  );
const call = fc.oneof(
  callAbout('AWS::EC2::SecurityGroup', authorized),
  callAbout('AWS::EC2::SecurityGroup', modified),
  callAbout('AWS::S3::Bucket', ofBucket),
  callAbout('AWS::SQS::Queue', ofQueue),
  callAbout('AWS::SNS::Topic', ofTopic),
  callAbout('AWS::ECR::Repository', ofRepository),
);
const rarelyNot = (text: string) =>
  fc.oneof({ weight: 20, arbitrary: own(text) }, { weight: 1, arbitrary: anything });
const event = fc.record({
  source: own('aws.s3', 'aws.ec2', 'aws.sqs', 'aws.sns', 'aws.ecr', 'aws.evil'),
  'detail-type': own('AWS API Call via CloudTrail'),
  account: rarelyNot('111122223333'),
  region: rarelyNot('eu-west-1'),
  time: rarelyNot('2026-11-23T10:00:03Z'),
  detail: fc.oneof({ weight: 20, arbitrary: call }, { weight: 1, arbitrary: anything }),
});
/** Also text that is cut off, or has a part written over. */
const body = fc
  .tuple(
    event,
    fc.nat(),
    fc.oneof({ weight: 4, arbitrary: own(null) }, { weight: 1, arbitrary: fc.string({ maxLength: 3 }) }),
  )
  .map(([value, at, patch]) => {
    const text = JSON.stringify(value);
    const place = at % text.length;
    return patch === null ? text : `${text.slice(0, place)}${patch}${text.slice(place + patch.length)}`;
  });

/** What came of some hostile events. */
export interface Followed {
  /** Looks at single resources. */
  looks: number;
  /** Walks through all resources of a type. */
  walks: number;
}

/**
 * Has the coordinator read events that are malformed or hostile: each is refused, or leads to looks at what can exist.
 * @param seed of the events
 * @throws the error of the first one that crashes it, or leads anywhere else
 */
export function readHostileEvents(runs: number, seed: number): Followed {
  const followed = { looks: 0, walks: 0 };
  fc.assert(
    fc.property(body, (text) => {
      const { hints, wide } = read(text);
      followed.looks += hints.length;
      followed.walks += wide.length;
      hints.forEach(expectLook);
      wide.forEach(expectWalk);
    }),
    { numRuns: runs, seed },
  );
  return followed;
}

function read(text: string): Hints {
  try {
    return parseMessage(text, controls);
  } catch (error) {
    if (error instanceof UnusableMessageError) return { hints: [], wide: [] };
    throw error;
  }
}

function expectLook({ identity: named, control, says, detector, opened }: Hint): void {
  const { accountId, region, resourceId } = named;
  expect(named.resourceType).toBe(control.resourceType);
  expect(isResourceId(control.resourceType, resourceId, { accountId, region })).toBe(true);
  expect(factsOf(control.resourceType).arn(accountId, region, resourceId)).not.toMatch(/[*?$#]/);
  expect([says, detector]).toEqual(['look', 'trail']);
  expect(openerSchema.parse(opened)).toEqual(opened);
  expect(JSON.stringify(opened).length).toBeLessThan(4_000);
}

function expectWalk({ accountId, region = 'eu-west-1', resourceType }: WideHint): void {
  expect(accountId).toMatch(accountIdPattern);
  expect(region).toMatch(regionPattern);
  expect(isFixableResourceType(resourceType)).toBe(true);
}
