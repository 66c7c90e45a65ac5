import { parseOrganization } from '../../config/organization';
import { problemsWith } from './support/policy';

describe('the placement in a policy', () => {
  const parse = (sections: string) =>
    parseOrganization(
      `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
slack: { channel: C0123456789 }
${sections}`,
      'policy.yaml',
    );

  it('names units by id and path, the root, and accounts by id', () => {
    const { targets, exclude, rollout } =
      parse(`targets: [/, r-abcd, ou-abcd-11111111, /A B/C, "333333333333"]
exclude: [/Suspended, "444444444444"]
rollout: { pilot: [/Canary], accountsAtOnce: 40 }
`);
    expect(targets).toEqual(['/', 'r-abcd', 'ou-abcd-11111111', '/A B/C', '333333333333']);
    expect(exclude).toEqual(['/Suspended', '444444444444']);
    expect(rollout).toEqual({ pilot: ['/Canary'], accountsAtOnce: 40 });
  });

  it('may have its optional keys empty', () => {
    const { exclude, recorder, rollout } = parse('targets: [/]\nexclude:\nrecorder:\nrollout:\n');
    expect([exclude, recorder.default, rollout]).toEqual([[], 'own', { pilot: [] }]);
  });

  it('has a recorder in a word or in a section', () => {
    expect(parse('targets: [/]\nrecorder: existing\n').recorder).toEqual({
      default: 'existing',
      frequency: 'continuous',
      organizationalUnits: {},
      accounts: {},
    });
    const said =
      '{ frequency: daily, organizationalUnits: { /A: none }, accounts: { "333333333333": existing } }';
    expect(parse(`targets: [/]\nrecorder: ${said}\n`).recorder).toEqual({
      default: 'own',
      frequency: 'daily',
      organizationalUnits: { '/A': 'none' },
      accounts: { '333333333333': 'existing' },
    });
  });

  it.each([
    ['exclude: [/]', '6:11 exclude[0]: /: this is the root, so that nothing would be watched; take it out.'],
    [
      'exclude: [333333333333]',
      '6:11 exclude[0]: 333333333333: is a number, which loses leading zeros; write it in quotes: "333333333333".',
    ],
    [
      'exclude: [payments]',
      '6:11 exclude[0]: payments: neither an organizational unit, written like ou-abcd-11112222 or by its path like /Workloads/Prod, nor the root, written / or like r-abcd, nor an account, written by its id in quotes.',
    ],
    [
      'exclude: [ou-efgh-11111111]',
      '6:11 exclude[0]: ou-efgh-11111111: ou-efgh-11111111 lies under another root than r-abcd, so in another organization; correct one of them.',
    ],
    [
      'exclude: ["111111111111"]',
      '6:11 exclude[0]: 111111111111: this is the management account, which Staunch does not watch; take it out of exclude.',
    ],
    ['recorder: yes', '6:11 recorder: yes: a recorder is own, existing or none.'],
    [
      'recorder: { default: none, frequency: daily }',
      "6:39 recorder.frequency: daily: frequency is of Staunch's own recorders, and there are none; take it out.",
    ],
    [
      'recorder: { accounts: { payments: none } }',
      '6:25 recorder.accounts.payments: an account id is twelve digits, in quotes: "111122223333".',
    ],
    [
      'rollout: { accountsAtOnce: 0 }',
      '6:28 rollout.accountsAtOnce: 0: accounts at once: a whole number from 1 to 10000.',
    ],
    ['rollout: { pilots: [/A] }', '6:12 rollout.pilots: is not a key here; did you mean pilot?'],
  ])('tells what is wrong: %s', (section, problem) => {
    expect(problemsWith(`${section}\n`)).toEqual([problem]);
  });

  it('refuses to deploy first what is left out', () => {
    expect(problemsWith('exclude: [/A]\nrollout: { pilot: [/A] }\n')).toEqual([
      '7:20 rollout.pilot[0]: /A: exclude lists this as well; remove one.',
    ]);
  });
});
