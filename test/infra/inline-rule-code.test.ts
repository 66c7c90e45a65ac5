import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { parameterSetsText } from '../../config/parameter-sets-text';
import { readParameterSets } from '../../controls/parameter-sets';
import { controlById, customControls } from '../../controls/registry';
import { InlineCodeError, inlineRuleCode, maximumInlineCode } from '../../infra/members/inline-rule-code';
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

describe('the parameter sets of a control', () => {
  it('hold every set that may hold somewhere, without what is the default anyway', () => {
    const policy = policyOf(
      `{ organizationalUnits: { /Sandbox: ${ports(22)} }, accounts: { "333333333333": ${ports(3389)}, payments: ${ports(22)} } }`,
    );
    expect(JSON.parse(parameterSetsText(policy, openPorts))).toEqual({
      accounts: { '333333333333': { prohibitedPorts: [3389] } },
      others: [{}, { prohibitedPorts: [22] }],
    });
  });

  it('are read by the rule function as the policy means them', () => {
    const policy = policyOf(`{ accounts: { "333333333333": ${ports(3389)} } }`);
    const parametersOf = readParameterSets(openPorts, parameterSetsText(policy, openPorts));
    const defaults = policy.parameterDefaults[openPorts.id];
    expect(parametersOf('444444444444')).toEqual([defaults]);
    expect(parametersOf('333333333333')).toEqual([{ ...defaults, prohibitedPorts: [3389] }]);
  });
});

describe('the code in the member template', () => {
  const sourcesOf = (accounts: number) => {
    const own = Object.fromEntries(
      Array.from({ length: accounts }, (_, index) => [
        333333333333 + index,
        { prohibitedPorts: [1000 + index] },
      ]),
    );
    return customControls.map((control) => ({
      control,
      parameterSets: JSON.stringify({ accounts: control === openPorts ? own : {}, others: [{}] }),
    }));
  };

  it('holds parameters of its own for each of 10,000 accounts', () => {
    const code = inlineRuleCode(sourcesOf(10_000));
    expect(code).toContain('"333333343332":{"prohibitedPorts":[10999]}');
    expect(Buffer.byteLength(JSON.stringify(code))).toBeLessThanOrEqual(maximumInlineCode);
  });

  it('is refused where CloudFormation would not take the template; the control is named, and what to do', () => {
    expect(() => inlineRuleCode(sourcesOf(20_000))).toThrow(InlineCodeError);
    expect(() => inlineRuleCode(sourcesOf(20_000))).toThrow(
      /most of them security-group-open-ports.*may take 900000.*organizational unit/,
    );
  });
});
