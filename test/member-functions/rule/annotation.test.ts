import { createRuleFunction } from '../../../member-functions/rule/handler';
import { doorControl, doorItem, invocationEvent } from './support';

it('an annotation that is cut has whole characters', async () => {
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(() => {});
  const sent: { name: string; input: { Evaluations?: { Annotation?: string }[] } }[] = [];
  const client = {
    send: async (command: { constructor: { name: string }; input: object }) => {
      sent.push({ name: command.constructor.name, input: command.input });
      return {};
    },
  } as never;
  const violations = [{ kind: 'x', text: `${'a'.repeat(254)}🚀 and more`, detail: {} }];
  const control = { ...doorControl, evaluate: () => ({ compliance: 'NON_COMPLIANT', violations }) };
  const handler = createRuleFunction(
    { one: { control: () => control as never, parameterSets: '{"accounts":{},"others":[{}]}' } },
    { config: client, sendFinding: async () => {}, pause: async () => {} },
  );
  await handler(invocationEvent({ configurationItem: doorItem() }, { configRuleName: 'staunch-one' }));
  const put = sent.find(({ name }) => name === 'PutEvaluationsCommand');
  expect(put?.input.Evaluations).toMatchObject([{ Annotation: `${'a'.repeat(254)}…` }]);
});
