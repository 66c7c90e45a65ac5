import fc from 'fast-check';
import {
  administrator,
  ask,
  hub,
  member,
  policy,
  queue,
  ruleSession,
  type Situation,
  variable,
} from './questions';

const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };
const allowRole = { ...allow, Principal: { AWS: ruleSession.roleArn } };
const allowSession = { ...allow, Principal: { AWS: ruleSession.arn } };
const allowAccount = { ...allow, Principal: { AWS: member } };
const allowEverybody = { ...allow, Principal: '*' };
const deny = { ...allow, Effect: 'Deny' };
const denyEverybody = { ...deny, Principal: '*' };
const other = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });

describe('within an account', () => {
  const cases: [string, boolean, Situation][] = [
    ['nothing allows', false, {}],
    ['the identity policy allows', true, { identity: [policy(allow)] }],
    ['one of several identity policies allows', true, { identity: [other, policy(allow)] }],
    ['another identity policy denies', false, { identity: [policy(allow), policy(deny)] }],
    ['the resource policy names the role', true, { resourcePolicy: policy(allowRole) }],
    ['the resource policy names everybody', true, { resourcePolicy: policy(allowEverybody) }],
    ['the resource policy names the account alone', false, { resourcePolicy: policy(allowAccount) }],
    [
      'the resource policy denies',
      false,
      { identity: [policy(allow)], resourcePolicy: policy(denyEverybody) },
    ],
    ['the session policy does not allow', false, { identity: [policy(allow)], session: other }],
    ['the session policy allows what the role lacks', false, { session: policy(allow) }],
    ['identity and session policy allow', true, { identity: [policy(allow)], session: policy(allow) }],
    ['the session policy denies', false, { identity: [policy(allow)], session: policy(allow, deny) }],
    [
      'the resource names the role, the session policy does not allow',
      false,
      { resourcePolicy: policy(allowRole), session: other },
    ],
    [
      'the resource names the session, the session policy does not allow',
      true,
      { resourcePolicy: policy(allowSession), session: other },
    ],
  ];
  it.each(cases)('%s: %s', (_, allowed, situation) => {
    expect(ask(situation).allowed).toBe(allowed);
  });
});

describe('across accounts', () => {
  const theirs = `arn:aws:sqs:eu-west-1:${hub}:queue`;
  const to = (statement: object) => policy({ ...statement, Resource: theirs });
  const across: Situation = { resource: theirs, resourceAccountId: hub };
  const cases: [string, boolean, Situation][] = [
    ['only the identity policy allows', false, { identity: [to(allow)] }],
    ['only the resource policy allows', false, { resourcePolicy: to(allowRole) }],
    ['both allow, by account', true, { identity: [to(allow)], resourcePolicy: to(allowAccount) }],
    ['both allow, by role', true, { identity: [to(allow)], resourcePolicy: to(allowRole) }],
    [
      'both allow, the session policy does not',
      false,
      { identity: [to(allow)], resourcePolicy: to(allowRole), session: other },
    ],
    [
      'the resource policy names another account',
      false,
      { identity: [to(allow)], resourcePolicy: to({ ...allow, Principal: { AWS: hub } }) },
    ],
    [
      'an administrator whom the resource policy names',
      true,
      { principal: administrator, identity: 'administrator', resourcePolicy: to(allowAccount) },
    ],
    ['an administrator whom nobody names', false, { principal: administrator, identity: 'administrator' }],
  ];
  it.each(cases)('%s: %s', (_, allowed, situation) => {
    expect(ask({ ...across, ...situation }).allowed).toBe(allowed);
  });
});

describe('where the resource policy must allow, as for roles and keys', () => {
  const required = { resourcePolicyRequired: true };
  const cases: [string, boolean, Situation][] = [
    ['only the identity policy allows', false, { identity: [policy(allow)] }],
    [
      'the resource names the account, the identity policy allows',
      true,
      { identity: [policy(allow)], resourcePolicy: policy(allowAccount) },
    ],
    ['the resource names the account, nothing else allows', false, { resourcePolicy: policy(allowAccount) }],
    ['the resource names the role', true, { resourcePolicy: policy(allowRole) }],
  ];
  it.each(cases)('%s: %s', (_, allowed, situation) => {
    expect(ask({ ...required, ...situation }).allowed).toBe(allowed);
  });
});

describe('a service principal', () => {
  const sns = { kind: 'service', accountId: '', arn: 'sns.amazonaws.com' } as const;
  const byService = { ...allow, Principal: { Service: 'sns.amazonaws.com' } };
  const fromTopic = { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111111111111:topic' } };
  const cases: [string, boolean, Situation][] = [
    ['no resource policy', false, {}],
    ['the resource policy names it', true, { resourcePolicy: policy(byService) }],
    [
      'the resource policy names another',
      false,
      { resourcePolicy: policy({ ...allow, Principal: { Service: 'events.amazonaws.com' } }) },
    ],
    [
      'the wrong source',
      false,
      {
        resourcePolicy: policy({ ...byService, Condition: fromTopic }),
        context: { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:111111111111:other' },
      },
    ],
    [
      'the right source',
      true,
      {
        resourcePolicy: policy({ ...byService, Condition: fromTopic }),
        context: { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:111111111111:topic' },
      },
    ],
  ];
  it.each(cases)('%s: %s', (_, allowed, situation) => {
    expect(ask({ principal: sns, ...situation }).allowed).toBe(allowed);
  });
});

describe('statements', () => {
  const cases: [string, boolean, Situation][] = [
    [
      'actions compare without regard to case',
      true,
      { identity: [policy({ ...allow, Action: 'SQS:sendmessage' })] },
    ],
    ['a wildcard in an action', true, { identity: [policy({ ...allow, Action: 'sqs:Send*' })] }],
    [
      'NotAction leaves out what it names',
      false,
      { identity: [policy({ Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' })] },
    ],
    [
      'NotAction allows the rest',
      true,
      { identity: [policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' })] },
    ],
    [
      'NotResource leaves out what it names',
      false,
      { identity: [policy({ Effect: 'Allow', Action: '*', NotResource: queue })] },
    ],
    [
      'NotResource allows the rest',
      true,
      { identity: [policy({ Effect: 'Allow', Action: '*', NotResource: `${queue}-2` })] },
    ],
    [
      'a wildcard in a resource',
      true,
      { identity: [policy({ ...allow, Resource: `arn:aws:sqs:*:${member}:que?e` })] },
    ],
    [
      'a wildcard does not reach across a colon',
      false,
      { identity: [policy({ ...allow, Resource: 'arn:aws:sqs:*:queue' })] },
    ],
    [
      'an ARN never covers an action without resources',
      false,
      { resource: '*', identity: [policy({ ...allow, Resource: 'arn:aws:sqs:*:*:*' })] },
    ],
    [
      'NotPrincipal with Deny spares a session whose account, role and session it lists',
      true,
      {
        identity: [policy(allow)],
        resourcePolicy: policy({
          ...deny,
          NotPrincipal: { AWS: [member, ruleSession.roleArn, ruleSession.arn] },
        }),
      },
    ],
    [
      'NotPrincipal with Deny hits a session whose account alone it lists',
      false,
      {
        identity: [policy(allow)],
        resourcePolicy: policy({ ...deny, NotPrincipal: { AWS: member } }),
      },
    ],
    [
      'a variable takes the value of this request',
      true,
      {
        identity: [
          policy({ ...allow, Resource: `arn:aws:sqs:eu-west-1:${variable('aws:PrincipalAccount')}:queue` }),
        ],
        context: { 'aws:principalaccount': member },
      },
    ],
    [
      'a variable without value matches nothing',
      false,
      {
        identity: [
          policy({ ...allow, Resource: `arn:aws:sqs:eu-west-1:${variable('aws:PrincipalAccount')}:queue` }),
        ],
      },
    ],
    [
      'what a variable brings in is literal',
      false,
      {
        identity: [
          policy({ ...allow, Resource: `arn:aws:sqs:eu-west-1:${variable('aws:PrincipalAccount')}:queue` }),
        ],
        context: { 'aws:principalaccount': '*' },
      },
    ],
    [
      'the older version knows no variables',
      false,
      {
        identity: [
          JSON.stringify({
            Version: '2008-10-17',
            Statement: {
              ...allow,
              Resource: `arn:aws:sqs:eu-west-1:${variable('aws:PrincipalAccount')}:queue`,
            },
          }),
        ],
        context: { 'aws:principalaccount': member },
      },
    ],
  ];
  it.each(cases)('%s: %s', (_, allowed, situation) => {
    expect(ask(situation).allowed).toBe(allowed);
  });
});

describe('reasons', () => {
  it('reads as AWS says it', () => {
    expect(ask({}).reason).toBe(
      `User: ${ruleSession.arn} is not authorized to perform: sqs:SendMessage on resource: ${queue} because no identity-based policy allows the sqs:SendMessage action`,
    );
    expect(ask({ identity: [policy(allow)], session: other }).reason).toMatch(
      /because no session policy allows/,
    );
    expect(ask({ identity: [policy(allow, deny)] }).reason).toMatch(
      /with an explicit deny in an identity-based policy$/,
    );
  });
});

describe('properties', () => {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('sqs:*', 'sqs:SendMessage', 's3:GetObject'),
    Resource: fc.constantFrom('*', queue, `${queue}-2`),
  });
  const document = fc
    .array(statement, { minLength: 1, maxLength: 4 })
    .map((statements) => policy(...statements));

  it('a Deny that matches wins, whatever else is said', () => {
    fc.assert(
      fc.property(document, document, (identity, session) => {
        expect(ask({ identity: [identity, policy(deny)], session }).allowed).toBe(false);
        expect(ask({ identity: [identity, policy(allow)], session: policy(deny) }).allowed).toBe(false);
      }),
    );
  });

  it('a session policy never allows more than the role has', () => {
    fc.assert(
      fc.property(document, document, (identity, session) => {
        if (ask({ identity: [identity], session }).allowed)
          expect(ask({ identity: [identity] }).allowed).toBe(true);
      }),
    );
  });
});
