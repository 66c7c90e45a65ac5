import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { controlById } from '../../controls/registry';
import { RuleEnvironmentError, ruleEnvironment } from '../../infra/members/rule-environment';
import { readParameterSets } from '../../member-functions/rule/parameter-sets';
import { policyFile } from './support/assemble';

function customControl(id: string) {
  const control = controlById(id);
  if (control?.kind !== 'custom') throw new Error(`There is no custom control ${id}.`);
  return control;
}
const openPorts = customControl('security-group-open-ports');

const policyOf = (autoResponse: string) =>
  compilePolicy(
    parseOrganization(
      policyFile('off').replace(/autoResponse:.*/, `autoResponse: ${autoResponse}`),
      'organization.yaml',
    ),
  );
const ports = (...prohibited: number[]) =>
  `{ controls: { security-group-open-ports: { parameters: { prohibitedPorts: [${prohibited}] } } } }`;

describe('ruleEnvironment', () => {
  it('hands over every set of parameters that may hold, without what is the default anyway', () => {
    const policy = policyOf(
      `{ organizationalUnits: { /Sandbox: ${ports(22)} }, accounts: { "333333333333": ${ports(3389)}, payments: ${ports(22)} } }`,
    );
    expect(JSON.parse(ruleEnvironment(policy, openPorts).PARAMETER_SETS)).toEqual({
      accounts: { '333333333333': { prohibitedPorts: [3389] } },
      others: [{}, { prohibitedPorts: [22] }],
    });
  });

  it('is read by the rule function as the policy means it', () => {
    const policy = policyOf(`{ accounts: { "333333333333": ${ports(3389)} } }`);
    const parametersOf = readParameterSets(openPorts, ruleEnvironment(policy, openPorts).PARAMETER_SETS);
    const defaults = policy.parameterDefaults[openPorts.id];
    expect(parametersOf('444444444444')).toEqual([defaults]);
    expect(parametersOf('333333333333')).toEqual([{ ...defaults, prohibitedPorts: [3389] }]);
  });

  it('refuses more than Lambda takes, names the control and says what to do', () => {
    const many = (count: number) =>
      policyOf(
        `{ accounts: { ${Array.from({ length: count }, (_, index) => `"${333333333333 + index}": ${ports(1000 + index)}`).join(',\n  ')} } }`,
      );
    expect(
      Object.keys(JSON.parse(ruleEnvironment(many(70), openPorts).PARAMETER_SETS).accounts),
    ).toHaveLength(70);
    expect(() => ruleEnvironment(many(100), openPorts)).toThrow(RuleEnvironmentError);
    expect(() => ruleEnvironment(many(100), openPorts)).toThrow(
      /gives security-group-open-ports too many.* organizational unit/,
    );
  });

  it('measures what Lambda measures: all variables as one JSON object, quotes escaped', () => {
    for (let count = 60; ; count += 1) {
      const accounts = Array.from({ length: count }, (_, index) => `"${333333333333 + index}": ${ports(22)}`);
      const policy = policyOf(`{ accounts: { ${accounts.join(',\n  ')} } }`);
      try {
        expect(JSON.stringify(ruleEnvironment(policy, openPorts)).length).toBeLessThanOrEqual(4096);
      } catch (error) {
        expect(error).toBeInstanceOf(RuleEnvironmentError);
        expect((error as Error).message).toMatch(/would take 41\d\d bytes/);
        return;
      }
    }
  });
});
