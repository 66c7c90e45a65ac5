import type { AwsCall } from '../../../member-functions/rule/aws-api/json-api';
import { createRuleFunction } from '../../../member-functions/rule/handler';
import { doorControl, doorItem, invocationEvent } from './support';

it('an annotation that is cut has whole characters', async () => {
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(() => {});
  const sent: { operation: string; input: object }[] = [];
  const callConfig: AwsCall = async (operation, input) => {
    sent.push({ operation, input });
    return {};
  };
  const violations = [{ kind: 'x', text: `${'a'.repeat(254)}🚀 and more`, detail: {} }];
  const control = { ...doorControl, evaluate: () => ({ compliance: 'NON_COMPLIANT', violations }) };
  const handler = createRuleFunction(
    { one: { control: () => control as never, parameterSets: '{"accounts":{},"others":[{}]}' } },
    { callConfig, sendFinding: async () => {}, sendProbe: async () => {}, pause: async () => {} },
  );
  await handler(invocationEvent({ configurationItem: doorItem() }, { configRuleName: 'staunch-one' }));
  const put = sent.find(({ operation }) => operation === 'PutEvaluations');
  expect(put?.input).toMatchObject({ Evaluations: [{ Annotation: `${'a'.repeat(254)}…` }] });
});
