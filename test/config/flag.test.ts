import {
  type CompiledPolicy,
  CompiledPolicyError,
  compilePolicy,
  parseCompiledPolicy,
} from '../../config/compiled';
import { anyFlagOn, resolveFlag, UnresolvedFlagError } from '../../config/flag';
import { parseOrganization } from '../../config/organization';
import type { Flag } from '../../contract/report';

function policyOf(autoResponse: string): CompiledPolicy {
  const text = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
regions: [eu-west-1]
targets: [r-abcd]
slack: { channel: C0123456789 }
autoResponse:
${autoResponse}`;
  return compilePolicy(parseOrganization(text, 'somewhere/policy.yaml'));
}

const nested = policyOf(`  default: off
  organizationalUnits:
    r-abcd: approval
    ou-abcd-parent00: on
    ou-abcd-sandbox0: off
  accounts:
    "333333333333": off
    "444444444444": on
`);

describe('resolveFlag', () => {
  it.each<[string, string, string[], Flag, string]>([
    [
      "an account's own flag before its organizational unit's",
      '333333333333',
      ['ou-abcd-parent00', 'r-abcd'],
      'off',
      'account 333333333333 (policy.yaml:13)',
    ],
    [
      'the nearest organizational unit',
      '555555555555',
      ['ou-abcd-sandbox0', 'ou-abcd-parent00', 'r-abcd'],
      'off',
      'ou-abcd-sandbox0 (policy.yaml:11)',
    ],
    [
      'the next one up where the nearest says nothing',
      '555555555555',
      ['ou-abcd-unnamed0', 'ou-abcd-parent00', 'r-abcd'],
      'on',
      'ou-abcd-parent00 (policy.yaml:10)',
    ],
    ['the root last', '555555555555', ['ou-abcd-unnamed0', 'r-abcd'], 'approval', 'r-abcd (policy.yaml:9)'],
  ])('takes %s', (_what, accountId, path, flag, decidedBy) => {
    expect(resolveFlag(nested, { accountId, path })).toEqual({ flag, decidedBy });
  });

  it('takes the default where nothing else is said', () => {
    expect(
      resolveFlag(policyOf('  default: approval'), { accountId: '555555555555', path: ['r-abcd'] }),
    ).toEqual({
      flag: 'approval',
      decidedBy: 'the default (policy.yaml:7)',
    });
  });

  it('is off where the policy says nothing at all', () => {
    expect(resolveFlag(policyOf(''), { accountId: '555555555555', path: ['r-abcd'] })).toEqual({
      flag: 'off',
      decidedBy: 'the default (policy.yaml, which sets none)',
    });
  });

  it.each<[string, string, string[]]>([
    ['no path', '444444444444', []],
    ['a path that does not reach the root', '444444444444', ['ou-abcd-parent00']],
    ['something that is no id on the path', '444444444444', ['constructor', 'r-abcd']],
    ['a malformed account', '__proto__', ['r-abcd']],
  ])('refuses %s, even where the account has a flag of its own', (_what, accountId, path) => {
    expect(() => resolveFlag(nested, { accountId, path })).toThrow(UnresolvedFlagError);
  });
});

describe('anyFlagOn', () => {
  it.each<[string, boolean]>([
    ['', false],
    ['  default: off\n  accounts: { "333333333333": off }', false],
    ['  default: approval', true],
    ['  organizationalUnits: { r-abcd: on }', true],
    ['  accounts: { "333333333333": approval }', true],
  ])('of %j is %s', (autoResponse, expected) => {
    expect(anyFlagOn(policyOf(autoResponse))).toBe(expected);
  });
});

describe('parseCompiledPolicy', () => {
  it('reads back what was compiled', () => {
    expect(parseCompiledPolicy(JSON.stringify(nested))).toEqual(nested);
  });

  it.each<[string, string]>([
    ['text that is not JSON', '{'],
    ['null', 'null'],
    ['another version', JSON.stringify({ ...nested, version: 2 })],
    ['an unknown key', JSON.stringify({ ...nested, exceptions: {} })],
    ['an unknown flag', JSON.stringify({ ...nested, default: { flag: 'maybe', source: 'x' } })],
    ['a malformed account', JSON.stringify({ ...nested, accounts: { '1': nested.default } })],
    ['a missing default', JSON.stringify({ ...nested, default: undefined })],
  ])('refuses %s', (_what, json) => {
    expect(() => parseCompiledPolicy(json)).toThrow(CompiledPolicyError);
  });

  it('is the same wherever the file lies', () => {
    expect(JSON.stringify(nested)).not.toContain('somewhere');
  });
});
