import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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

/** The flags alone, as the file writes them. */
function flagsOf({ default: fallback, organizationalUnits, accounts }: Organization['autoResponse']): object {
  const byKey = (levels: typeof accounts) =>
    Object.fromEntries(Object.entries(levels).map(([key, { flag }]) => [key, flag]));
  return {
    default: fallback.flag,
    organizationalUnits: byKey(organizationalUnits),
    accounts: byKey(accounts),
  };
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
      exclude: [],
      recorder: { default: 'own', frequency: 'continuous', organizationalUnits: {}, accounts: {} },
      rollout: { pilot: [] },
      autoResponse: {
        default: { flag: 'off', source: 'policy.yaml:10', controls: {} },
        organizationalUnits: {
          'ou-abcd-11111111': { flag: 'on', source: 'policy.yaml:12', controls: {} },
          'r-abcd': { flag: 'approval', source: 'policy.yaml:13', controls: {} },
        },
        accounts: { '033333333333': { flag: 'approval', source: 'policy.yaml:15', controls: {} } },
      },
      approvals: { expireMinutes: 1440 },
      exemptions: [],
      exemptionRules: { maximumDays: 365 },
      freezes: [],
      limits: {
        fixesPerHour: { account: 20, organization: 100 },
        failuresPerHour: 10,
        openFindings: 500,
        concurrency: 50,
      },
      lossy: 'wait',
      patrol: { everyMinutes: 1440 },
      retention: { findingsDays: 365, undoDays: 365 },
      slack: {
        channel: 'C0123456789',
        routes: [],
        ownerTags: ['owner', 'Owner'],
        summary: '08:00',
        storm: 20,
      },
      securityHub: false,
      thaw: { account: 25, organization: 100 },
    });
  });

  it('is off everywhere, and lossy plans wait, where the policy says nothing', () => {
    const policy = parseOrganization(valid.replace(/autoResponse:.*(?=slack)/s, ''), 'policy.yaml');
    expect(policy.autoResponse).toEqual({
      default: { flag: 'off', source: 'policy.yaml, which sets none', controls: {} },
      organizationalUnits: {},
      accounts: {},
    });
    expect(policy.lossy).toBe('wait');
  });

  it("watches the hub's Region where the policy names none", () => {
    expect(parseWith('regions: [eu-west-1, us-east-1]\n', '').regions).toEqual(['eu-west-1']);
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
    expect(autoResponse).toMatchObject({ default: { flag: 'off', controls: {} } });
    expect([autoResponse.organizationalUnits, autoResponse.accounts]).toEqual([{}, {}]);
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
      '16:1 verbose: is not a key here; there are organization, hub, regions, targets, exclude, recorder, rollout, autoResponse, approvals, exemptions, exemptionRules, freezes, limits, lossy, patrol, people, twoPersons, breakGlass, retention, thaw, slack, securityHub.',
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
      '8:11 targets[0]: ou-ABCD-11111111: neither an organizational unit, written like ou-abcd-11112222 or by its path like /Workloads/Prod, nor the root, written / or like r-abcd, nor an account, written by its id in quotes.',
    ],
    [
      'a malformed organizational unit',
      'r-abcd: approval',
      'root: approval',
      '13:5 autoResponse.organizationalUnits.root: an organizational unit is written by its id, like ou-abcd-11112222, or by its path, like /Workloads/Prod; the root is written /, or by its id, like r-abcd.',
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
      '13:5 autoResponse.organizationalUnits.r-other: r-other lies under another root than ou-abcd-11111111, so in another organization; correct one of them.',
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
      '8:10 targets: has to list at least one of the organizational units and accounts.',
    ],
    [
      'a single value in place of a list',
      '[ou-abcd-11111111]',
      'ou-abcd-11111111',
      '8:10 targets: ou-abcd-11111111: a list of organizational units and accounts: at least one, each on a line of its own after "- ".',
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
    [
      'the key that objects have anyway',
      '"033333333333": approval',
      '__proto__: off',
      '15:5 autoResponse.accounts.__proto__: cannot be used as a key; an account or unit of this name has to be written by its id.',
    ],
    [
      'the root by path and by id',
      'ou-abcd-11111111: on',
      '/: on',
      '13:5 autoResponse.organizationalUnits.r-abcd: this is the root, which stands here as / as well; remove one.',
    ],
    [
      'an organizational unit among the accounts',
      '"033333333333": approval',
      '/Workloads: approval',
      '15:5 autoResponse.accounts./Workloads: this is an organizational unit, where an account is meant.',
    ],
    [
      'an account among the organizational units',
      'r-abcd: approval',
      '"033333333333": approval',
      '13:5 autoResponse.organizationalUnits.033333333333: this is an account, where an organizational unit is meant.',
    ],
    [
      'a name with a space at its end',
      '"033333333333": approval',
      '"payments ": approval',
      '15:5 autoResponse.accounts.payments : an account is written by its id, twelve digits in quotes, or by its name: at most 50 printable ASCII characters, no space at an end.',
    ],
    [
      'a level that says nothing',
      'r-abcd: approval',
      'r-abcd: {}',
      '13:13 autoResponse.organizationalUnits.r-abcd: says nothing; give it a flag, controls, or both.',
    ],
    [
      'a control that says nothing',
      'r-abcd: approval',
      'r-abcd: { controls: { s3-public-access: {} } }',
      '13:45 autoResponse.organizationalUnits.r-abcd.controls.s3-public-access: says nothing; give it a flag, parameters, or both.',
    ],
    [
      'a mistyped key of a level, and nothing else',
      'r-abcd: approval',
      'r-abcd: { flags: on }',
      '13:15 autoResponse.organizationalUnits.r-abcd.flags: is not a key here; did you mean flag?',
    ],
    [
      'a control without a value',
      'r-abcd: approval',
      'r-abcd: { controls: { s3-public-access: } }',
      '13:27 autoResponse.organizationalUnits.r-abcd.controls.s3-public-access: is empty: a flag is off, approval or on.',
    ],
    [
      'parameters without a value',
      'r-abcd: approval',
      'r-abcd: { controls: { s3-public-access: { parameters: } } }',
      '13:47 autoResponse.organizationalUnits.r-abcd.controls.s3-public-access.parameters: is empty: expected object, received null.',
    ],
    [
      'more fixes for an account than the default of all',
      'slack:',
      'limits: { fixesPerHour: { account: 100 } }\nslack:',
      '16:36 limits.fixesPerHour.account: 100: has to be less than organization, which is 100: else one noisy account uses up the fixes of all the others.',
    ],
    [
      'fewer fixes for all than the default of an account',
      'slack:',
      'limits: { fixesPerHour: { organization: 20 } }\nslack:',
      '16:41 limits.fixesPerHour.organization: 20: has to be more than account, which is 20: else one noisy account uses up the fixes of all the others.',
    ],
    [
      'a limit that is no number',
      'slack:',
      'limits: { fixesPerHour: { account: many } }\nslack:',
      '16:36 limits.fixesPerHour.account: many: fixes in one account: a whole number from 1 to 5000.',
    ],
    [
      'tags that exempt in one organizational unit, which is no list',
      'slack:',
      'exemptionRules: { byTag: { organizationalUnits: /Sandbox, maximumDays: 1 } }\nslack:',
      '16:49 exemptionRules.byTag.organizationalUnits: /Sandbox: a list of organizational units: at least one, each on a line of its own after "- ".',
    ],
    ['an unknown tag', 'default: off', 'default: !env FLAG', '10:12 not valid YAML. Unresolved tag: !env'],
  ])('names the line, the key and what would be right for %s', (_what, before, after, expected) => {
    expect(problemWith(before, after)).toBe(`policy.yaml:${expected}`);
  });

  it('takes sections and lists whose entries are all commented out as empty, at every depth', () => {
    const policy = parseWith(
      'slack:',
      'approvals:\nexemptions:\nexemptionRules:\nfreezes:\nlimits:\n  fixesPerHour:\nretention:\nslack:',
    );
    expect(policy).toMatchObject({
      approvals: { expireMinutes: 1440 },
      exemptions: [],
      freezes: [],
      limits: { fixesPerHour: { account: 20 }, failuresPerHour: 10, openFindings: 500, concurrency: 50 },
      patrol: { everyMinutes: 1440 },
      retention: { findingsDays: 365, undoDays: 365 },
    });
    expect(parseWith('default: off', 'default: { flag: on, controls: }').autoResponse.default).toMatchObject({
      flag: 'on',
      controls: {},
    });
  });

  describe('exemptions', () => {
    const now = new Date('2026-11-23T10:00:00Z');
    const right = {
      control: 's3-public-access',
      account: 'payments-prod',
      resource: 'photos',
      reason: 'It holds photos for everybody.',
      owner: 'web',
      expires: '2027-11-23',
    };
    const { account: _account, ...nobody } = right;
    const told = (more: object, { of = right as object, rules = '' } = {}) =>
      problemsOf(() =>
        parseOrganization(
          `exemptions:\n- ${JSON.stringify({ ...of, ...more })}\n${rules}${valid}`,
          'policy.yaml',
          now,
        ),
      ).map(({ line, key, value, message }) => [line, key, value ?? '', message].join(' | '));

    it.each<[string, object]>([
      ['that ends on the latest day', {}],
      ['that ends late on the latest day', { expires: '2027-11-23T23:59:59Z' }],
      ['that ends today', { expires: '2026-11-23' }],
      ['with minutes only', { expires: '2026-12-01T12:00Z' }],
    ])('takes one %s', (_what, more) => {
      expect(told(more)).toEqual([]);
    });

    it('counts from the policy where it says how far ahead one may end', () => {
      const rules = 'exemptionRules: { maximumDays: 30 }\n';
      expect(told({ expires: '2026-12-23' }, { rules })).toEqual([]);
      expect(told({ expires: '2026-12-24' }, { rules })).toEqual([
        '2 | exemptions[0].expires | 2026-12-24 | this lies more than 30 days ahead (exemptionRules.maximumDays); 2026-12-23 is the latest date.',
      ]);
    });

    it.each<[string, object, string]>([
      [
        'ended yesterday',
        { expires: '2026-11-22' },
        'expires | 2026-11-22 | this exemption is over; take it out, or',
      ],
      [
        'ended a moment ago',
        { expires: '2026-11-23T10:00:00Z' },
        'expires | 2026-11-23T10:00:00Z | this exemption is over',
      ],
      [
        'ends too late',
        { expires: '2027-11-24' },
        'more than 365 days ahead (exemptionRules.maximumDays); 2027-11-23 is',
      ],
      [
        'ends on no day',
        { expires: '2027-02-30' },
        'expires | 2027-02-30 | write a date, which holds to the end',
      ],
      [
        'has a time without an offset',
        { expires: '2027-02-01T10:00:00' },
        'write a date, which holds to the end',
      ],
      ['never ends', { expires: undefined }, 'exemptions[0].expires |  | is missing: write a date'],
      [
        'has no reason',
        { reason: undefined },
        'exemptions[0].reason |  | is missing: why this is not dangerous',
      ],
      ['has an empty reason', { reason: ' ' }, 'is empty: why this is not dangerous'],
      ['has no owner', { owner: undefined }, 'exemptions[0].owner |  | is missing: who answers for it'],
      ['has a long reason', { reason: 'x'.repeat(301) }, 'is longer than 300 characters; keep it short.'],
      [
        'has an unknown control',
        { control: 's3-public-acess' },
        'no such control; did you mean s3-public-access?',
      ],
      ['has a managed control', { control: 'cloudtrail-enabled' }, "one of AWS Config's managed rules"],
      [
        'names an account and a unit',
        { organizationalUnit: '/' },
        'organizationalUnit | / | stands beside account',
      ],
      [
        'is of the management account',
        { account: '111111111111' },
        'which Staunch does not watch; take the exemption out.',
      ],
      ['is in a Region that is not watched', { region: 'eu-north-1' }, 'regions does not list this Region'],
      ['has a resource with spaces', { resource: 'a b' }, "the resource's id, like sg-0123456789abcdef0"],
      [
        'has an unknown key',
        { until: '2027-01-01' },
        'exemptions[0].until |  | is not a key here; there are control, account,',
      ],
    ])('refuses one that %s', (_what, more, expected) => {
      const problems = told(more);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(expected);
    });

    it('refuses one of nobody, and a unit of another organization', () => {
      expect(told({}, { of: nobody })).toEqual([
        '2 | exemptions[0].account |  | is missing: account or organizationalUnit.',
      ]);
      expect(told({ organizationalUnit: 'ou-other-11111111' }, { of: nobody })[0]).toContain(
        'another organization',
      );
    });

    it('refuses the same one twice', () => {
      const twice = `exemptions:\n- ${JSON.stringify(right)}\n- ${JSON.stringify({ ...right, expires: '2027-01-01' })}\n${valid}`;
      expect(problemsOf(() => parseOrganization(twice, 'policy.yaml', now))).toMatchObject([
        { line: 3, key: 'exemptions[1]', message: 'exempts the same as exemptions[0]; remove one.' },
      ]);
    });
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
    const { autoResponse } = parseOrganization(`%YAML 1.1\n---\n${valid}`, 'policy.yaml');
    expect(flagsOf(autoResponse)).toEqual(flagsOf(parseOrganization(valid, 'policy.yaml').autoResponse));
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
    const { organization, hub, regions, targets, slack, ...rest } = parseOrganization(valid, 'policy.yaml');
    const { channel } = slack;
    const autoResponse = flagsOf(rest.autoResponse);
    expect({ organization, hub, regions, targets, slack: { channel }, autoResponse }).toEqual(parse(valid));
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
    expect(problemsOf(() => loadOrganization(folder))[0]?.message).toContain('it is a folder');
  });

  it('says that a file is not UTF-8', () => {
    writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x23, 0xe9, 0x0a]));
    expect(problemsOf(() => loadOrganization(join(folder, 'latin1.yaml')))[0]?.message).toContain(
      'not UTF-8',
    );
  });
});
