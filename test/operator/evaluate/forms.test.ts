import { evaluateText } from '../../../operator/evaluate/evaluate-text';
import { judgingOf } from '../../../operator/evaluate/judging-of';
import { forms, notificationOf, parts, queryOf, snapshotOf } from './aws-output';

const controlIds = { group: 'security-group-open-ports', bucket: 's3-public-access' } as const;
const { groupOfApi, groupId, items, rows } = parts;
const tooDeep = 'The resource is nested too deeply to be read.';

function evaluate(type: 'group' | 'bucket', input: unknown) {
  return evaluateLines(type, JSON.stringify(input));
}

function evaluateLines(type: 'group' | 'bucket', text: string) {
  return [...evaluateText(text, judgingOf({ controls: [controlIds[type]], wish: 'plan' }))];
}

/** JSON text of an object nested so deeply in itself. */
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('staunch evaluate, of a security group', () => {
  it.each([
    ...forms('group'),
    ['describe-security-groups', { SecurityGroups: [groupOfApi] }],
    ['a list of what describe-security-groups prints', [{ SecurityGroups: [groupOfApi] }]],
  ])('takes %s', (_form, input) => {
    const [line, ...more] = evaluate('group', input);

    expect(more).toEqual([]);
    expect(line).toMatchObject({ resource: groupId, compliance: 'NON_COMPLIANT' });
    expect(line).toHaveProperty('plan.0', expect.objectContaining({ action: 'revoke', fromPort: 22 }));
  });

  it('takes a row of a query that says no id at all', () => {
    const { ipPermissions } = rows.group.configuration;

    expect(evaluate('group', queryOf({ configuration: { ipPermissions } }))).toMatchObject([
      { resource: null, compliance: 'NON_COMPLIANT' },
    ]);
  });
});

describe('staunch evaluate, of a bucket', () => {
  it.each(forms('bucket'))('takes %s', (_form, input) => {
    const [line, ...more] = evaluate('bucket', input);

    expect(more).toEqual([]);
    expect(line).toMatchObject({ resource: 'photos', compliance: 'NON_COMPLIANT' });
    // Of the ACL, and of the policy.
    expect(line).toHaveProperty('violations.length', 2);
  });

  it('takes a row of a query that says no name at all', () => {
    const { supplementaryConfiguration } = rows.bucket;

    expect(evaluate('bucket', queryOf({ supplementaryConfiguration }))).toMatchObject([
      { resource: null, compliance: 'NON_COMPLIANT' },
    ]);
  });
});

describe('staunch evaluate, of several resources', () => {
  const volume = { resourceType: 'AWS::EC2::Volume', resourceId: 'vol-1', configuration: {} };
  const deleted = {
    ...items.history.group,
    configurationItemStatus: 'ResourceDeleted',
    configuration: 'null',
  };

  it.each([
    ['a snapshot', snapshotOf(items.delivered.group, items.delivered.bucket, volume)],
    ['a query', queryOf(rows.group, rows.bucket, volume)],
    [
      'a query without ids and types',
      queryOf(
        { configuration: rows.group.configuration },
        {
          configuration: rows.bucket.configuration,
          supplementaryConfiguration: rows.bucket.supplementaryConfiguration,
        },
        volume,
      ),
    ],
  ])(
    "judges those of the control's type, in their order, and the control applies to no other (%s)",
    (_form, input) => {
      const verdicts = (type: 'group' | 'bucket') =>
        evaluate(type, input).map((line) => ('error' in line ? line.error : line.compliance));

      expect(verdicts('group')).toEqual(['NON_COMPLIANT', 'NOT_APPLICABLE', 'NOT_APPLICABLE']);
      expect(verdicts('bucket')).toEqual(['NOT_APPLICABLE', 'NON_COMPLIANT', 'NOT_APPLICABLE']);
    },
  );

  it('says what a single resource of another type is', () => {
    expect(evaluate('bucket', items.delivered.group)).toEqual([
      { resource: groupId, error: 'resourceType should be AWS::S3::Bucket, and is AWS::EC2::SecurityGroup.' },
    ]);
  });

  it('judges every item of a history', () => {
    expect(evaluate('group', { configurationItems: [deleted, items.history.group] })).toMatchObject([
      { compliance: 'NOT_APPLICABLE' },
      { compliance: 'NON_COMPLIANT' },
    ]);
  });

  it('has an error for what AWS Config did not answer for', () => {
    const key = { resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-1' };
    const answer = { baseConfigurationItems: [items.history.group], unprocessedResourceKeys: [key] };

    expect(evaluate('group', answer)).toMatchObject([
      { compliance: 'NON_COMPLIANT' },
      { resource: 'sg-1', error: 'AWS Config did not answer for this resource. Ask it again.' },
    ]);
  });

  it.each([
    ['no security groups', { SecurityGroups: [] }],
    ['no rows', { Results: [], QueryInfo: {} }],
  ])('prints nothing where AWS answers with %s', (_what, input) => {
    expect(evaluate('group', input)).toEqual([]);
  });

  it('takes each of several lines apart, and goes on after those that cannot be understood', () => {
    const lines = [
      JSON.stringify({ SecurityGroups: [groupOfApi, groupOfApi] }),
      JSON.stringify(queryOf(rows.group)).replace('"Results":[', '"Results":["no JSON",'),
      '{"SecurityGroups":7}',
      JSON.stringify(notificationOf(items.delivered.group)),
    ];

    expect(evaluateLines('group', lines.join('\r\n'))).toMatchObject([
      { compliance: 'NON_COMPLIANT' },
      { compliance: 'NON_COMPLIANT' },
      { line: 2, error: 'A resource should be an object, and is "no JSON".' },
      { compliance: 'NON_COMPLIANT' },
      { line: 3, error: 'SecurityGroups should be a list of resources, and is none.' },
      { compliance: 'NON_COMPLIANT' },
    ]);
  });

  it('takes text that begins with a byte order mark', () => {
    const text = JSON.stringify({ SecurityGroups: [groupOfApi] });

    expect(evaluateLines('group', `\uFEFF${text}`)).toEqual(evaluateLines('group', text));
    expect(evaluateLines('group', `\uFEFF${text}\n\uFEFF${text}\n`)).toHaveLength(2);
  });
});

describe('staunch evaluate, of what is nested thousands of levels deep', () => {
  const right = JSON.stringify(items.delivered.group);
  const levels = 20_000;

  it.each([
    ['in the configuration', `{"resourceId":"sg-9","configuration":${nested(levels)}}`, 'sg-9'],
    [
      'in text in the configuration',
      `{"resourceId":"sg-9","configuration":${JSON.stringify(nested(levels))}}`,
      'sg-9',
    ],
    ['in the supplement', `{"resourceId":"photos","supplementaryConfiguration":${nested(levels)}}`, 'photos'],
    ['in the rules', `{"GroupId":"sg-9","IpPermissions":${'['.repeat(levels)}${']'.repeat(levels)}}`, 'sg-9'],
    ['in an invokingEvent', `{"messageType":"x","configurationItem":${nested(levels)}}`, null],
    ['in the invokingEvent of an event', `{"invokingEvent":${nested(levels)}}`, null],
    ['in nothing else', nested(levels), null],
  ])('has one error for it, and the rest goes on: %s', (_where, deep, resource) => {
    for (const type of ['group', 'bucket'] as const) {
      // GroupId is what EC2's API calls a group, and nothing of a bucket.
      const told = type === 'bucket' && deep.includes('GroupId') ? null : resource;
      const list = evaluateLines(type, `[${right},${deep},${right}]`);
      const lines = evaluateLines(type, `${right}\n${deep}\n${right}\n`);

      expect(list[1]).toEqual({ resource: told, error: tooDeep });
      expect(lines[1]).toEqual({ line: 2, resource: told, error: tooDeep });
      for (const others of [list, lines]) expect(others).toHaveLength(3);
    }
  });

  it('has one error for the policy of a bucket, for rows, and for what a list holds', () => {
    const policy = { Name: 'photos', Policy: nested(levels) };
    const deepList = `${'['.repeat(levels)}7${']'.repeat(levels)}`;

    expect(evaluate('bucket', policy)).toEqual([{ resource: 'photos', error: tooDeep }]);
    expect(evaluateLines('bucket', `{"Results":[${JSON.stringify(nested(levels))}]}`)).toEqual([
      { resource: null, error: tooDeep },
    ]);
    expect(evaluateLines('bucket', deepList)).toMatchObject([{ resource: null, error: expect.any(String) }]);
    expect(evaluateLines('bucket', `{"Results":[${deepList}]}`)).toMatchObject([
      { error: expect.any(String) },
    ]);
  });
});
