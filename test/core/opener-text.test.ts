import type { Opener } from '../../core/opener';
import { lastingFix, openerLine, openerName } from '../../core/opener-text';

const opener: Opener = {
  principal: 'arn:aws:iam::111122223333:user/maria',
  kind: 'user',
  sourceAddress: '192.0.2.17',
  at: '2026-03-01T12:00:00.000Z',
  tool: 'command line',
};
const role = { ...opener, kind: 'role', principal: 'arn:aws:iam::111122223333:role/deploy', session: 'ci-7' };
const person = {
  ...role,
  kind: 'identity-center',
  principal: 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_01',
  session: 'maria@example.com',
  tool: 'console',
};
const service: Opener = {
  principal: 'elasticmapreduce.amazonaws.com',
  kind: 'service',
  sourceAddress: 'elasticmapreduce.amazonaws.com',
  at: opener.at,
  tool: 'AWS service',
};

it.each([
  [
    opener,
    'arn:aws:iam::111122223333:user/maria, with the command line, from 192.0.2.17, 2026-03-01 12:00 UTC',
    'maria',
  ],
  [
    role,
    'arn:aws:iam::111122223333:role/deploy, session ci-7, with the command line, from 192.0.2.17, 2026-03-01 12:00 UTC',
    'deploy',
  ],
  [
    person,
    'maria@example.com as arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_01, with the console, from 192.0.2.17, 2026-03-01 12:00 UTC',
    'maria@example.com',
  ],
  [service, 'elasticmapreduce.amazonaws.com, with an AWS service, 2026-03-01 12:00 UTC', service.principal],
  [
    { ...opener, tool: 'unknown', sourceAddress: 'unknown' },
    `${opener.principal}, from unknown, 2026-03-01 12:00 UTC`,
    'maria',
  ],
])('an opener is told on one line, and in a word', (who, line, name) => {
  expect(openerLine(who)).toBe(line);
  expect(openerName(who)).toBe(name);
});

it('what a tool keeps as code, or a stack made, has to be changed there', () => {
  const terraform = { ...opener, tool: 'Terraform' };
  const cdk = { ...opener, tool: 'CDK' };
  expect(lastingFix({ opened: terraform })).toMatch(/^Terraform opened it: change it there/);
  expect(lastingFix({ opened: opener, stack: 'web' })).toMatch(/^CloudFormation's stack web made it: change/);
  expect(lastingFix({ opened: cdk, stack: 'web' })).toMatch(/^CloudFormation's stack web made it, by CDK: /);
  expect(lastingFix({ opened: opener })).toBeUndefined();
  expect(lastingFix({})).toBeUndefined();
});
