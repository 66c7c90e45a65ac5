import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { loadOrganization, type Organization, parseOrganization } from '../../config/organization';
import { formatProblem, PolicyError, type PolicyProblem } from '../../config/policy-error';

const valid = `organization:
  id: o-exampleorg1
  managementAccount: "111111111111"
hub:
  account: "022222222222"
  region: eu-west-1
regions: [eu-west-1, us-east-1]
targets: [ou-abcd-11111111]
autoResponse:
  default: off
  organizationalUnits:
    ou-abcd-11111111: on
    r-abcd: approval
  accounts:
    "033333333333": approval
slack:
  channel: C0123456789
`;

/** Parses the valid policy with one text replaced; the text has to stand in it. */
function parseWith(before: string, after: string): Organization {
  expect(valid).toContain(before);
  return parseOrganization(valid.replace(before, after), 'policy.yaml');
}

function problemsOf(parseIt: () => unknown): readonly PolicyProblem[] {
  try {
    parseIt();
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}

/** The only problem, as one line. */
function problemWith(before: string, after: string): string {
  const problems = problemsOf(() => parseWith(before, after));
  expect(problems).toHaveLength(1);
  return problems.map(formatProblem).join('\n');
}

describe('parseOrganization', () => {
  it('keeps on and off as flags, account ids with their zeros, and the line of every flag', () => {
    expect(parseOrganization(valid, 'some/policy.yaml')).toEqual({
      organization: { id: 'o-exampleorg1', managementAccount: '111111111111' },
      hub: { account: '022222222222', region: 'eu-west-1' },
      regions: ['eu-west-1', 'us-east-1'],
      targets: ['ou-abcd-11111111'],
      autoResponse: {
        default: 'off',
        organizationalUnits: { 'ou-abcd-11111111': 'on', 'r-abcd': 'approval' },
        accounts: { '033333333333': 'approval' },
      },
      lossy: 'wait',
      slack: { channel: 'C0123456789' },
      sources: {
        default: 'policy.yaml:10',
        organizationalUnits: { 'ou-abcd-11111111': 'policy.yaml:12', 'r-abcd': 'policy.yaml:13' },
        accounts: { '033333333333': 'policy.yaml:15' },
      },
    });
  });

  it('is off everywhere, and lossy plans wait, where the policy says nothing', () => {
    const policy = parseOrganization(valid.replace(/autoResponse:.*(?=slack)/s, ''), 'policy.yaml');
    expect(policy.autoResponse).toEqual({ default: 'off', organizationalUnits: {}, accounts: {} });
    expect(policy.lossy).toBe('wait');
    expect(policy.sources.default).toBe('policy.yaml, which sets none');
  });

  it('takes sections whose entries are all commented out as empty', () => {
    const policy = parseWith(
      '  accounts:\n    "033333333333": approval',
      '  accounts:\n    # "033333333333": on',
    );
    expect(policy.autoResponse.accounts).toEqual({});
  });

  it('accepts the example that comes with the project, which switches nothing on', () => {
    const { autoResponse } = loadOrganization(join(__dirname, '../../config/organization.yaml'));
    expect(autoResponse).toEqual({ default: 'off', organizationalUnits: {}, accounts: {} });
  });

  it.each([
    [
      'an unknown key',
      'default: off',
      'defualt: off',
      '10:3 autoResponse.defualt: is not a key here; did you mean default?',
    ],
    [
      'an unknown key unlike any',
      'slack:',
      'verbose: 1\nslack:',
      '16:1 verbose: is not a key here; there are organization, hub, regions, targets, autoResponse, lossy, slack.',
    ],
    [
      'an account id that YAML reads as a number',
      '"022222222222"',
      '022222222222',
      '5:12 hub.account: 022222222222: is a number, which loses leading zeros; write it in quotes: "022222222222".',
    ],
    [
      'an account key that YAML reads as a number',
      '"033333333333"',
      '033333333333',
      '15:5 autoResponse.accounts.033333333333: is a number, which loses leading zeros; write the key in quotes: "033333333333".',
    ],
    [
      'an account id that is too short',
      '"111111111111"',
      '"1111"',
      '3:22 organization.managementAccount: 1111: an account id is twelve digits, in quotes: "111122223333".',
    ],
    [
      'an account key that is too short',
      '"033333333333"',
      '"0333"',
      '15:5 autoResponse.accounts.0333: an account id is twelve digits, in quotes: "111122223333".',
    ],
    [
      'a malformed organization id',
      'o-exampleorg1',
      'exampleorg1',
      '2:7 organization.id: exampleorg1: an organization id is written like o-abcde12345.',
    ],
    [
      'a malformed target',
      '[ou-abcd-11111111]',
      '[ou-ABCD-11111111]',
      '8:11 targets[0]: ou-ABCD-11111111: neither an organizational unit, written like ou-abcd-11112222, nor a root, written like r-abcd.',
    ],
    [
      'a malformed organizational unit',
      'r-abcd: approval',
      'root: approval',
      '13:5 autoResponse.organizationalUnits.root: neither an organizational unit, written like ou-abcd-11112222, nor a root, written like r-abcd.',
    ],
    [
      'a malformed Region',
      'us-east-1]',
      'ireland]',
      '7:22 regions[1]: ireland: a Region is written like eu-west-1.',
    ],
    [
      "a hub's Region that is not watched",
      '[eu-west-1, us-east-1]',
      '[us-east-1]',
      "6:11 hub.region: eu-west-1: regions does not list the hub's Region; add it there.",
    ],
    [
      'a hub that is the management account',
      '"022222222222"',
      '"111111111111"',
      '5:12 hub.account: 111111111111: this is the management account; the hub has to be a member account, best one for security alone.',
    ],
    [
      'ids of two organizations',
      'r-abcd: approval',
      'r-other: approval',
      '13:14 autoResponse.organizationalUnits.r-other: approval: r-other lies under another root than ou-abcd-11111111, so in another organization; correct one of them.',
    ],
    [
      'a key that stands there twice',
      'slack:',
      'lossy: wait\nlossy: apply\nslack:',
      '17:1 lossy: stands here twice, first on line 16; remove one.',
    ],
    [
      'an entry that stands in a list twice',
      '[eu-west-1, us-east-1]',
      '[eu-west-1, eu-west-1]',
      '7:22 regions[1]: eu-west-1: stands in this list twice; remove one.',
    ],
    [
      'an empty list',
      '[ou-abcd-11111111]',
      '[]',
      '8:10 targets: has to list at least one of the organizational units.',
    ],
    [
      'a single value in place of a list',
      '[ou-abcd-11111111]',
      'ou-abcd-11111111',
      '8:10 targets: ou-abcd-11111111: a list of organizational units: at least one, each on a line of its own after "- ".',
    ],
    [
      'true in place of on',
      'ou-abcd-11111111: on',
      'ou-abcd-11111111: true',
      '12:23 autoResponse.organizationalUnits.ou-abcd-11111111: true: a flag is off, approval or on; write on if that is what you mean.',
    ],
    [
      'false in place of off',
      'default: off',
      'default: false',
      '10:12 autoResponse.default: false: a flag is off, approval or on; write off if that is what you mean.',
    ],
    [
      'an unknown flag',
      'default: off',
      'default: enabled',
      '10:12 autoResponse.default: enabled: a flag is off, approval or on.',
    ],
    [
      'a flag without a value',
      'default: off',
      'default:',
      '10:3 autoResponse.default: is empty: a flag is off, approval or on.',
    ],
    [
      "a channel's name",
      'C0123456789',
      '"#security"',
      "17:12 slack.channel: #security: a channel's id, written like C0123456789; Slack shows it at the end of the channel's details. A name is not enough.",
    ],
    [
      'a missing key',
      '  region: eu-west-1\n',
      '',
      '4:1 hub.region: is missing: a Region is written like eu-west-1.',
    ],
    [
      'an empty section',
      'slack:\n  channel: C0123456789',
      'slack:',
      '16:1 slack: is empty: a section with channel.',
    ],
    [
      'an unknown choice',
      'slack:',
      'lossy: never\nslack:',
      '16:8 lossy: never: what becomes of a lossy plan is wait or apply.',
    ],
    [
      'an alias',
      'region: eu-west-1\nregions: [eu-west-1, us-east-1',
      'region: &home eu-west-1\nregions: [eu-west-1, *home',
      '7:22 regions[1]: *home is an alias; write the value itself.',
    ],
    ['an unknown tag', 'default: off', 'default: !env FLAG', '10:12 not valid YAML. Unresolved tag: !env'],
  ])('names the line, the key and what would be right for %s', (_what, before, after, expected) => {
    expect(problemWith(before, after)).toBe(`policy.yaml:${expected}`);
  });

  it('tells all problems at once, in the order of the file', () => {
    const text = valid
      .replace('eu-west-1\n', 'Ireland\n')
      .replace('o-exampleorg1', 'x')
      .replace('C0123456789', 'c')
      .replace('default: off', 'default: true');
    const problems = problemsOf(() => parseOrganization(text, 'policy.yaml'));
    expect(problems.map(({ line, key }) => [line, key])).toEqual([
      [2, 'organization.id'],
      [6, 'hub.region'],
      [10, 'autoResponse.default'],
      [17, 'slack.channel'],
    ]);
  });

  it('says what to do in its message, without a stack', () => {
    expect(() => parseWith('default: off', 'default: true')).toThrow(
      'The policy cannot be used. Correct this problem:\n  policy.yaml:10:12 autoResponse.default',
    );
  });

  it.each([
    ['an empty file', '', 'the file is empty'],
    ['a file of comments', '# nothing\n', 'the file is empty'],
    ['a list', '- a\n- b\n', 'the policy has the keys'],
    ['broken YAML', 'hub: [\nslack: }', 'not valid YAML'],
    ['two documents', `${valid}---\n${valid}`, 'not valid YAML'],
    ['deeply nested brackets', '[\n'.repeat(100_000), 'the file is no policy'],
    ['deeply nested lists', '- '.repeat(10_000), 'the file is no policy'],
  ])('explains %s', (_what, text, expected) => {
    const problems = problemsOf(() => parseOrganization(text, 'policy.yaml'));
    expect(problems[0]?.message).toContain(expected);
  });

  it('does not expand a bomb of aliases', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}, *a${i}]`,
    );
    const problems = problemsOf(() =>
      parseOrganization(`a0: &a0 [x]\n${levels.join('\n')}\n${valid}`, 'policy.yaml'),
    );
    expect(problems.length).toBeLessThan(200);
  });

  it('reads on and off as flags even in a file that asks for YAML 1.1, where they are booleans', () => {
    const policy = parseOrganization(`%YAML 1.1\n---\n${valid}`, 'policy.yaml');
    expect(policy.autoResponse).toEqual(parseOrganization(valid, 'policy.yaml').autoResponse);
  });

  it('throws nothing but PolicyError, whatever the text', () => {
    const lines = valid.split('\n');
    const mangled = fc
      .array(
        fc.oneof(
          fc.constantFrom(...lines),
          fc.string({ maxLength: 40 }),
          fc.constantFrom('- &a *a', '? x', '{', '"'),
        ),
      )
      .map((parts) => parts.join('\n'));
    void fc.assert(
      fc.property(mangled, (text) => {
        expect(Array.isArray(problemsOf(() => parseOrganization(text, 'policy.yaml')))).toBe(true);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('reads what the yaml package reads', () => {
    const { sources, lossy, ...said } = parseOrganization(valid, 'policy.yaml');
    expect([Object.keys(sources), lossy, said]).toEqual([
      ['default', 'organizationalUnits', 'accounts'],
      'wait',
      parse(valid),
    ]);
  });
});

describe('loadOrganization', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'policy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says that a file does not exist', () => {
    const [problem] = problemsOf(() => loadOrganization(join(folder, 'none.yaml')));
    expect(problem).toMatchObject({ file: join(folder, 'none.yaml'), key: '' });
    expect(problem?.message).toContain('does not exist');
  });

  it('says that a folder cannot be read', () => {
    expect(problemsOf(() => loadOrganization(folder))[0]?.message).toContain('EISDIR');
  });

  it('says that a file is not UTF-8', () => {
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x23, 0xe9, 0x0a]));
    expect(problemsOf(() => loadOrganization(join(folder, 'latin1.yaml')))[0]?.message).toContain(
      'not UTF-8',
    );
  });
});
