import * as fc from 'fast-check';
import type { JsonObject } from '../../../../core/json';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { runsOf } from '../../../support/property-runs';
import { compareWithEngine } from './against-engine';
import { arbitraryConditions } from './arbitrary-policies';
import { letIn } from './engine-oracle';
import { judgedServices, queues } from './judged-services';
import { rulesWith } from './service-rules';

describe("the document model against the sandbox's authorization engine", () => {
  it.each(judgedServices)('calls no policy of %s closed that lets a stranger in', (_name, rules, words) => {
    const { open, reached, closed } = compareWithEngine(rules, words, 100, 20_261_127);

    expect(closed).toBeGreaterThan(15);
    expect(reached).toBeGreaterThan(open / 2);
  });

  it('calls nothing public that no stranger can reach, where one condition asks for plain values', () => {
    const [, service, words] = queues;
    const plain = arbitraryConditions(1).filter((condition) => {
      const [[operator, asked]] = [...Object.entries(condition), ['', {}] as const];
      const excludes = operator.includes('Not');
      return (
        // A wildcard under an operator that knows none, or a text where a truth is asked for, is fulfilled by nobody.
        !/[*?$]|Bool/.test(JSON.stringify(condition)) &&
        !(excludes && (operator.startsWith('ForAnyValue') || Object.values(asked).flat().length > 1)) &&
        !(operator === 'Null' && 'aws:UserAgent' in asked)
      );
    });
    void fc.assert(
      fc.property(plain, (condition) => {
        const allow = { Effect: 'Allow', Principal: '*', Action: `${words.prefix}:*`, Resource: '*' };
        const Statement = { ...allow, Condition: condition as JsonObject };
        const document = { Version: '2012-10-17', Statement };
        const isPublic = publicStatements(readPolicy(document, 'Policy'), rulesWith(service)).length > 0;
        const { strangers, forStrangers } = letIn(document, words);

        expect(isPublic).toBe(isPublic && (strangers || forStrangers));
      }),
      { seed: 20_261_129, numRuns: runsOf(400) },
    );
  });
});
