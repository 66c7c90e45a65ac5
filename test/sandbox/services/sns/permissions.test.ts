import {
  permissionOf,
  withoutPermission,
  withPermission,
} from '../../../../sandbox/services/sns/permissions';

const topic = 'arn:aws:sns:eu-west-1:222222222222:alarms';
const unlabelled = { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: topic };
const text = JSON.stringify({ Version: '2012-10-17', Id: 'p', Statement: unlabelled });
const permission = { label: 'partner', accountIds: ['111111111111'], actionNames: ['Publish'] };

it('adds a statement for accounts, and removes it by its label alone', () => {
  const added = withPermission(text, topic, permission);
  const statement = {
    Sid: 'partner',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Action: 'SNS:Publish',
    Resource: topic,
  };
  expect(JSON.parse(added)).toEqual({ Version: '2012-10-17', Id: 'p', Statement: [unlabelled, statement] });
  expect(JSON.parse(withoutPermission(added, 'partner')).Statement).toEqual([unlabelled]);
  expect(JSON.parse(withoutPermission(added, 'another')).Statement).toHaveLength(2);
});

it('does not add a label twice', () => {
  const added = withPermission(text, topic, permission);
  expect(() => withPermission(added, topic, permission)).toThrow('Statement already exists');
});

it('reads several accounts and operations from a call', () => {
  const AWSAccountId = ['111111111111', '333333333333'];
  const read = permissionOf({ Label: 'l', AWSAccountId, ActionName: ['Publish', 'Subscribe'] });
  expect(JSON.parse(withPermission(text, topic, read)).Statement[1]).toMatchObject({
    Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::333333333333:root'] },
    Action: ['SNS:Publish', 'SNS:Subscribe'],
  });
});

it.each([
  { AWSAccountId: ['111111111111'], ActionName: ['Publish'] },
  { Label: 'l', ActionName: ['Publish'] },
  { Label: 'l', AWSAccountId: ['111111111111'] },
  { Label: 'l', AWSAccountId: ['*'], ActionName: ['Publish'] },
])('refuses what says too little, or names nobody: %j', (parameters) => {
  expect(() => permissionOf(parameters)).toThrow('Invalid parameter');
});
