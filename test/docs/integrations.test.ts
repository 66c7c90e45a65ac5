import { createRequire } from 'node:module';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { transformSync } from 'esbuild';
import * as z from 'zod';
import { findingEventSchema } from '../../core/finding-event';
import { findingEventFields } from '../../core/finding-event-fields';
import { compileEventPattern } from '../../sandbox/services/events/pattern';
import { findingEventJsonSchema } from '../../scripts/docs/finding-event';
import { eventAt } from '../hub-functions/security-hub/events';
import { pageText } from './support/pages';

const page = pageText('docs/integrations.md');
const fenced = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );

/** The pattern that a `put-rule` of the page gives a rule. */
function patternOf(rule: string): (event: Record<string, unknown>) => boolean {
  const command = new RegExp(`--event-bus-name staunch --name ${rule} --event-pattern '([^']*)'`);
  const [, pattern = ''] = command.exec(fenced('bash').join('\n')) ?? [];
  return compileEventPattern(JSON.parse(pattern) as Record<string, unknown>);
}

const hub = '222222222222';
const sent = (...args: Parameters<typeof eventAt>) => ({
  source: 'staunch',
  'detail-type': 'staunch.finding',
  account: hub,
  detail: eventAt(...args),
});
const waiting = sent(1);
const fixedAtOnce = sent(1, { state: 'fixed' }, { open: false });
const failed = sent(2, { state: 'failed', sequence: 2, previousState: 'waiting' });
const fixed = sent(3, { state: 'fixed', sequence: 3, previousState: 'failed' }, { open: false });
const low = sent(1, {}, { severity: 'low' });
const report = { ...waiting, 'detail-type': 'Staunch Remediation Report' };
const forged = { ...waiting, account: '333333333333' };

describe('the rules of docs/integrations.md', () => {
  it.each([
    ['siem', [waiting, fixedAtOnce, failed, fixed, low]],
    ['pager', [waiting, failed]],
    ['ticket-opened', [waiting, low]],
    ['ticket-closed', [fixed]],
  ])('%s takes what the page says, and nothing else', (rule, taken) => {
    const all = [waiting, fixedAtOnce, failed, fixed, low, report, forged];
    expect(all.filter(patternOf(rule))).toEqual(taken);
  });

  it('give each rule a target, in JSON that can be pasted', () => {
    const commands = fenced('bash').join('\n');
    const targets = [...commands.matchAll(/put-targets .* --rule ([\w-]+) --targets '([^']*)'/g)];
    for (const [, , json = ''] of targets) {
      expect(JSON.parse(json)).toMatchObject([{ Arn: expect.stringMatching(/^arn:aws:/) }]);
    }
    expect(targets.map(([, rule]) => rule)).toEqual(['siem', 'pager', 'ticket-opened', 'ticket-closed']);
  });

  it('are the same with the CDK', () => {
    const [snippet = ''] = fenced('ts');
    const { code } = transformSync(snippet, { loader: 'ts', format: 'cjs', target: 'node20' });
    const module = { exports: {} as { Pager: new (scope: App, id: string) => Stack } };
    new Function('require', 'module', 'exports', code)(createRequire(__filename), module, module.exports);
    const template = Template.fromStack(new module.exports.Pager(new App(), 'Pager'));
    const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
    expect(rule?.Properties.EventBusName).toBe('staunch');
    const matches = compileEventPattern(rule?.Properties.EventPattern);
    expect([waiting, fixedAtOnce, failed, fixed, low, report, forged].filter(matches)).toEqual([
      waiting,
      failed,
    ]);
  });
});

describe('the event of docs/integrations.md', () => {
  const [example = ''] = fenced('json');
  const { detail, ...envelope } = JSON.parse(example) as { detail: object };
  const schema = z.fromJSONSchema(JSON.parse(findingEventJsonSchema()));
  const validate = (one: unknown) => schema.safeParse(one).success;

  it('is one, and the SIEM has it', () => {
    expect(findingEventSchema.parse(detail)).toEqual(detail);
    expect(patternOf('siem')({ ...envelope, detail })).toBe(true);
  });

  it('has a schema that takes events of this version, with keys that it does not know, and no others', () => {
    for (const one of [detail, ...[waiting, fixed, failed].map((event) => event.detail)]) {
      expect(validate(one)).toBe(true);
    }
    expect(validate({ ...detail, ofALaterOne: 1 })).toBe(true);
    expect(validate({ ...detail, version: 2 })).toBe(false);
    expect(validate({ ...detail, state: 'received' })).toBe(false);
  });

  it('has a meaning for each key, and for no other', () => {
    expect(Object.keys(findingEventFields).sort()).toEqual(Object.keys(findingEventSchema.shape).sort());
  });
});
