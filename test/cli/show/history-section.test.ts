import pc from 'picocolors';
import { historySection } from '../../../cli/show/history-section';
import type { Json } from '../../../core/json';
import type { SavedHistory } from '../../../ledger/saved/saved-history';

const plain = pc.createColors(false);

function history(before: Json, after?: Json): SavedHistory {
  return {
    steps: [{ before, changes: [] }],
    savedAt: '2026-11-23T10:00:01.000Z',
    unfinished: [],
    ...(after !== undefined && { after }),
  };
}

function rule(id: string, port: number, more: { [key: string]: Json } = {}): Json {
  return {
    SecurityGroupRuleId: id,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    CidrIpv4: '0.0.0.0/0',
    ...more,
  };
}

function group(...ingressRules: Json[]): Json {
  return {
    groupId: 'sg-1',
    GroupName: 'web',
    VpcId: 'vpc-1',
    ingressRules,
    prefixLists: { 'pl-1': ['10.0.0.0/8'] },
  };
}

const settings = {
  BlockPublicAcls: true,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const bucket = {
  Name: 'photos',
  Grants: [
    {
      Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
      Permission: 'READ',
    },
  ],
  Policy: '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
};

describe('a security group before and after its fix', () => {
  it('is a unified diff of its rules, whatever their ids and order', () => {
    const [heading, lines] = historySection(
      'AWS::EC2::SecurityGroup',
      history(
        group(
          rule('sgr-1', 22, { Description: 'ssh', Tags: [{ Key: 'a', Value: 'b' }] }),
          rule('sgr-2', 443),
          rule('sgr-3', 8080),
        ),
        group(rule('sgr-8', 8080), rule('sgr-9', 443)),
      ),
      plain,
    );

    expect(heading).toBe('Before the fix, 2026-11-23 10:00 UTC, and after it');
    expect(lines).toEqual([
      '--- before',
      '+++ after',
      '@@ -1,7 +1,6 @@',
      '  groupId: sg-1',
      '  GroupName: web',
      '  VpcId: vpc-1',
      '- tcp 22 from 0.0.0.0/0  "ssh"  {"a":"b"}',
      '  tcp 443 from 0.0.0.0/0',
      '  tcp 8080 from 0.0.0.0/0',
      '  pl-1 holds 10.0.0.0/8',
    ]);
  });

  it('says so when it is the same', () => {
    const same = history(group(rule('sgr-1', 22)), group(rule('sgr-2', 22)));

    expect(historySection('AWS::EC2::SecurityGroup', same, plain)[1]).toEqual(['No difference.']);
  });
});

describe('a bucket before and after its fix', () => {
  it('is a unified diff of everything that decides who can reach it', () => {
    const after = { ...bucket, Policy: undefined, Grants: [], PublicAccessBlockConfiguration: settings };
    const [, lines] = historySection(
      'AWS::S3::Bucket',
      history(bucket, JSON.parse(JSON.stringify(after))),
      plain,
    );

    expect(lines.filter((line) => /^[-+] /.test(line))).toEqual([
      '-   BlockPublicAcls: false',
      '+   BlockPublicAcls: true',
      '- grants:',
      '-   READ to everybody',
      '- policy:',
      '- {',
      '-   "Statement": [',
      '-     {',
      '-       "Effect": "Allow",',
      '-       "Principal": "*"',
      '-     }',
      '-   ]',
      '- }',
      '+ grants: none',
      '+ policy: none',
    ]);
  });
});

describe('what was saved of a fix', () => {
  it('is what was there before, where nobody heard how the fix ended', () => {
    const [heading, lines] = historySection(
      'AWS::EC2::SecurityGroup',
      history(group(rule('sgr-1', 22))),
      plain,
    );

    expect(heading).toBe('Before the fix, 2026-11-23 10:00 UTC (what was there after it was never verified)');
    expect(lines).toContain('tcp 22 from 0.0.0.0/0');
  });

  it('starts with the first of several steps', () => {
    const twice: SavedHistory = {
      ...history(group(rule('sgr-1', 22)), group()),
      steps: [
        { before: group(rule('sgr-1', 22)), changes: [] },
        { before: group(rule('sgr-1', 23)), changes: [] },
      ],
    };

    expect(historySection('AWS::EC2::SecurityGroup', twice, plain)[1]).toContain('- tcp 22 from 0.0.0.0/0');
  });

  it('says when it was undone', () => {
    const undone = { ...history(bucket, bucket), undoneAt: '2026-11-24T08:00:00.000Z' };

    expect(historySection('AWS::S3::Bucket', undone, plain)[0]).toMatch(/; undone 2026-11-24 08:00 UTC$/);
  });

  it.each(['AWS::EC2::SecurityGroup', 'AWS::S3::Bucket', 'AWS::Another::Type'])(
    'is shown as JSON where it cannot be understood (%s)',
    (type) => {
      expect(historySection(type, history({ ingressRules: 7, grants: '\u001b' }), plain)[1]).toEqual([
        '{',
        '  "ingressRules": 7,',
        '  "grants": "\\u001b"',
        '}',
      ]);
    },
  );
});
