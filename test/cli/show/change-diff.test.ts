import pc from 'picocolors';
import { changeDiff } from '../../../cli/show/change-diff';
import { diffText } from '../../../cli/show/diff-text';
import type { Change } from '../../../core/plan';

const shownAs = (type: string, changes: Change[]) =>
  diffText(changeDiff(type, changes), pc.createColors(false));
const shownGroup = (...changes: Change[]) => shownAs('AWS::EC2::SecurityGroup', changes);
const shownBucket = (...changes: Change[]) => shownAs('AWS::S3::Bucket', changes);

const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const statement = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::photos/*',
};

describe('changes of a security group', () => {
  it('are a line for each rule, as people name it, those that go first', () => {
    const web = { protocol: 'tcp', cidr: '0.0.0.0/0', description: 'web' };

    expect(
      shownGroup(
        { action: 'revoke', text: 'a', ...web, fromPort: 443, toPort: 9300 },
        {
          action: 'authorize',
          text: 'b',
          ...web,
          fromPort: 443,
          toPort: 3305,
          tags: [{ Key: 'team', Value: 'shop' }],
        },
        { action: 'revoke', text: 'c', protocol: '-1', prefixListId: 'pl-1' },
      ),
    ).toEqual([
      '- tcp 443-9300 from 0.0.0.0/0  "web"',
      '- all protocols from pl-1',
      '+ tcp 443-3305 from 0.0.0.0/0  "web"  {"team":"shop"}',
    ]);
  });

  it('show what a description hides', () => {
    const change = { action: 'revoke', text: 'a', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '::/0' };

    expect(shownGroup({ ...change, description: 'a"\n+ tcp 22\u202e\u001b[2J' })).toEqual([
      '- tcp 22 from ::/0  "a\\"\\n+ tcp 22\\u202e\\u001b[2J"',
    ]);
  });
});

describe('changes of a bucket', () => {
  it('show the grant that goes', () => {
    expect(
      shownBucket({ action: 'removeGrant', text: 'Take READ.', grantee: allUsers, permission: 'READ' }),
    ).toEqual(['@@ Take READ. @@', '- READ to everybody']);
  });

  it('show a statement that goes, as JSON', () => {
    expect(shownBucket({ action: 'removeStatement', text: 'Remove it.', index: 0, statement })).toEqual([
      '@@ Remove it. @@',
      '- {',
      '-   "Effect": "Allow",',
      '-   "Principal": "*",',
      '-   "Action": "s3:GetObject",',
      '-   "Resource": "arn:aws:s3:::photos/*"',
      '- }',
    ]);
  });

  it('show what becomes of a statement, line by line', () => {
    const before = { Effect: 'Allow', Principal: { AWS: ['*', '222222222222'] } };
    const after = { Effect: 'Allow', Principal: { AWS: ['222222222222'] } };

    expect(shownBucket({ action: 'editStatement', text: 'Edit it.', index: 0, before, after })).toEqual([
      '@@ Edit it. @@',
      '  {',
      '    "Effect": "Allow",',
      '    "Principal": {',
      '      "AWS": [',
      '-       "*",',
      '        "222222222222"',
      '      ]',
      '    }',
      '  }',
    ]);
  });

  it('show a policy that goes, also one that is no JSON', () => {
    const policy = JSON.stringify({ Statement: [] });

    expect(shownBucket({ action: 'deletePolicy', text: 'Delete it.', policy })).toEqual([
      '@@ Delete it. @@',
      '- {',
      '-   "Statement": []',
      '- }',
    ]);
    expect(shownBucket({ action: 'deletePolicy', text: 'Delete it.', policy: 'a\nb' })).toEqual([
      '@@ Delete it. @@',
      '- "a\\nb"',
    ]);
  });

  it('show every block setting, and which of them change', () => {
    const off = {
      BlockPublicAcls: false,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };

    expect(
      shownBucket({
        action: 'blockPublicAccess',
        text: 'Turn on BlockPublicAcls.',
        before: off,
        settings: { ...off, BlockPublicAcls: true },
      }),
    ).toEqual([
      '@@ Turn on BlockPublicAcls. @@',
      '- BlockPublicAcls: false',
      '+ BlockPublicAcls: true',
      '  IgnorePublicAcls: true',
      '  BlockPublicPolicy: false',
      '  RestrictPublicBuckets: false',
    ]);
  });
});

describe('a change that this version does not know', () => {
  it.each<[string, Change]>([
    ['by its action', { action: 'teleport', text: 'Somewhere\u001b[2J else.' }],
    ['by the form of a rule', { action: 'revoke', text: 'Somewhere else.', tags: 'team' }],
    ['by the form of a statement', { action: 'editStatement', text: 'Somewhere else.' }],
  ])('is shown by its sentence: %s', (_, change) => {
    for (const type of ['AWS::EC2::SecurityGroup', 'AWS::S3::Bucket', 'AWS::Another::Type']) {
      expect(shownAs(type, [change])).toEqual(['@@ Somewhere else. @@']);
    }
  });
});

describe('a diff', () => {
  it('is coloured where colours are', () => {
    const colours = pc.createColors(true);
    const change = { action: 'revoke', text: 'a', protocol: '-1', cidr: '::/0' };

    expect(diffText(changeDiff('AWS::EC2::SecurityGroup', [change]), colours)).toEqual([
      colours.red('- all protocols from ::/0'),
    ]);
  });
});
