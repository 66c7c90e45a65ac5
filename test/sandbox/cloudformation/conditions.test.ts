import type { Json } from '../../../core/json';
import { evaluateConditions } from '../../../sandbox/cloudformation/conditions';
import { TemplateError } from '../../../sandbox/cloudformation/errors';
import { UnsupportedError } from '../../../sandbox/failures';

const names = {
  ref: async (name: string) => (name === 'AWS::Region' ? 'eu-west-1' : undefined),
  attribute: async () => {
    throw new TemplateError('A condition cannot refer to a resource.');
  },
  mapping: () => 'mapped',
};
const evaluate = async (conditions: Record<string, Json>) =>
  Object.fromEntries(await evaluateConditions(conditions, names));

const home = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] };
const away = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] };

describe('evaluateConditions', () => {
  it('works out equality, negation, conjunction, disjunction and other conditions by name', async () => {
    expect(
      await evaluate({
        Home: home,
        Away: away,
        NotAway: { 'Fn::Not': [{ Condition: 'Away' }] },
        Both: { 'Fn::And': [{ Condition: 'Home' }, { Condition: 'Away' }] },
        Either: { 'Fn::Or': [{ Condition: 'Away' }, { Condition: 'NotAway' }] },
        Text: { 'Fn::Equals': [true, 'true'] },
      }),
    ).toEqual({ Home: true, Away: false, NotAway: true, Both: false, Either: true, Text: true });
  });

  it('names the circle when conditions refer to each other', async () => {
    const circle = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { Condition: 'A' } };
    await expect(evaluate(circle)).rejects.toThrow('A → B → A');
  });

  it('refuses a condition that does not exist, and a function that it does not know', async () => {
    await expect(evaluate({ A: { Condition: 'Nowhere' } })).rejects.toThrow(TemplateError);
    await expect(evaluate({ A: { 'Fn::Contains': [['x'], 'x'] } })).rejects.toThrow(UnsupportedError);
  });
});
