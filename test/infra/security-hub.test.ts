import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, Template } from '../../infra/assembly';
import { optionalBundleLimits } from '../../infra/bundle-limits';
import { nagFindings } from '../../infra/check/nag';
import { compileEventPattern } from '../../sandbox/services/events/pattern';
import { pageText, sections } from '../docs/support/pages';
import { eventAt } from '../hub-functions/security-hub/events';
import { keptBundles } from '../support/assembly';
import {
  assemble,
  flat,
  hubAccount,
  policyFile,
  propertiesOf,
  resourcesOf,
  roleStatements,
  stackTemplate,
  statementsOf,
} from './support/assemble';
import { type Synthesized, synthesizeFor } from './support/synthesized';

const name = 'staunch-security-hub';

describe('the import into Security Hub', () => {
  let synthesized: Synthesized;
  let assembly: Assembly;
  let hub: Template;
  let without: Template;

  beforeAll(async () => {
    synthesized = synthesizeFor(`${policyFile('off')}securityHub: true\n`, keptBundles());
    assembly = synthesized.assembly;
    hub = stackTemplate(assembly, 'staunch-hub');
    without = stackTemplate(await assemble(), 'staunch-hub');
  }, 120_000);

  afterAll(() => synthesized.remove());

  it('is nowhere in the template unless the policy asks for it', () => {
    expect(JSON.stringify(without)).not.toMatch(/security-?hub"|SecurityHub[A-Z0-9]|securityhub:/);
  });

  it('adds nothing else than a function, its queues, its rule and its alarms', () => {
    const types = (template: Template) => Object.values(template.Resources).map(({ Type }) => Type);
    const added = types(hub);
    for (const type of types(without)) added.splice(added.indexOf(type), 1);
    expect(added.sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Alarm',
      'AWS::Events::Rule',
      'AWS::IAM::Role',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::SQS::Queue',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
      'AWS::SQS::QueuePolicy',
    ]);
    expect(nagFindings(synthesized.app)).toEqual([]);
  });

  it("may import under the account's own product, and look at what is there", () => {
    const asked = roleStatements(hub, name).filter(({ actions }) =>
      actions.some((action) => action.startsWith('securityhub:')),
    );
    const arn = `arn:aws:securityhub:eu-west-1:${hubAccount}`;
    expect(asked.map(({ actions, resources }) => [actions, resources])).toEqual([
      [['securityhub:BatchImportFindings'], [`${arn}:product/${hubAccount}/default`]],
      [['securityhub:GetFindings'], [`${arn}:hub/default`]],
    ]);
  });

  it("hears of changes of findings' states from the hub alone, and the channel's topic does not", () => {
    const matches = (rule: string, one: Record<string, unknown>) => {
      const { EventPattern } = propertiesOf(hub, 'AWS::Events::Rule', 'Name', rule);
      return compileEventPattern(EventPattern as Record<string, unknown>)(one);
    };
    const event = {
      source: 'staunch',
      'detail-type': 'staunch.finding',
      account: hubAccount,
      detail: eventAt(1),
    };
    expect(matches(name, event)).toBe(true);
    expect(matches(name, { ...event, account: '333333333333' })).toBe(false);
    expect(matches('staunch-reports', event)).toBe(false);
    const report = { ...event, 'detail-type': 'Staunch Remediation Report' };
    expect(matches('staunch-reports', report)).toBe(true);
    expect(matches(name, report)).toBe(false);
  });

  it('has a queue that takes messages of its rule alone', () => {
    const policies = resourcesOf(hub, 'AWS::SQS::QueuePolicy')
      .filter(([id]) => id.startsWith('SecurityHubQueuePolicy'))
      .flatMap(([, { Properties }]) => statementsOf(Properties?.PolicyDocument))
      .filter(({ effect }) => effect === 'Allow');
    expect(policies).toMatchObject([
      {
        actions: ['sqs:SendMessage'],
        principal: { Service: 'events.amazonaws.com' },
        conditions: {
          ArnEquals: {
            'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^SecurityHubRule/), 'Arn'] },
          },
        },
      },
    ]);
  });

  it('rings on dead letters and on errors, each with a section in docs/runbook.md', () => {
    const names = (template: Template) =>
      resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties?.AlarmName);
    const added = names(hub).filter((alarm) => !names(without).includes(alarm));
    expect(added.sort()).toEqual([`${name}-dead-letters`, `${name}-errors`]);
    const runbook = sections(pageText('docs/runbook.md'), 3);
    for (const alarm of added) expect([...runbook.keys()]).toContain(alarm);
    const { Metrics: _metrics, Dimensions } = propertiesOf(
      hub,
      'AWS::CloudWatch::Alarm',
      'AlarmName',
      `${name}-dead-letters`,
    );
    expect(JSON.stringify(Dimensions)).toContain('SecurityHubQueueDeadLetters');
  });

  it('is updated before what writes for it', () => {
    const [, coordinator] =
      resourcesOf(hub, 'AWS::Lambda::Function').find(
        ([, { Properties }]) => Properties?.FunctionName === 'staunch-coordinator',
      ) ?? [];
    expect((coordinator as { DependsOn?: string[] }).DependsOn).toContainEqual(
      expect.stringMatching(/^SecurityHubFunction/),
    );
  });

  it.each(Object.entries(optionalBundleLimits))('keeps %s within %d kB', (functionName, kilobytes) => {
    const { Code } = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', functionName);
    const asset = assembly.stacks[0]?.assets.find(
      ({ objectKey }) => objectKey === flat((Code as { S3Key: string }).S3Key),
    );
    const bundle = readFileSync(join(asset?.path ?? '', 'index.js'));
    expect(bundle.byteLength).toBeLessThanOrEqual(kilobytes * 1_000);
  });
});
