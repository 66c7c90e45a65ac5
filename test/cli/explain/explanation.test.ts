import pc from 'picocolors';
import { explanationJson } from '../../../cli/explain/explanation-json';
import { explanationText } from '../../../cli/explain/explanation-text';
import { policyDigest } from '../../../config/policy-digest';
import { factsOfRecords } from '../../../decision/record-facts';
import {
  type ExplainedQuestion,
  explanationOf,
  type LedgerKnows,
} from '../../../operator/explain/explanation';
import { namesMeant } from '../../../operator/explain/names-meant';
import { treeOfStructure } from '../../../operator/organization/structure-tree';
import { policyWith, readAt } from '../../config/support/policy';
import { recordOf } from '../../operator/records';
import { accountIn, structureWith } from '../../operator/structures';

const policy = policyWith(`autoResponse:
  organizationalUnits:
    /Workloads/Prod: approval
    /Workloads:
      controls: { security-group-open-ports: { flag: on, parameters: { prohibitedPorts: [22] } } }
exemptions:
  - { control: security-group-open-ports, account: payments-prod, resource: sg-9*, reason: r, owner: web, expires: 2026-12-01 }
exemptionRules: { byTag: { organizationalUnits: [/Workloads], maximumDays: 3 } }
`);
const resource = { region: 'eu-west-1', resourceId: 'sg-0123456789abcdef0' };

/** What a ledger says that knows nothing of it. */
const known: LedgerKnows = {
  ...factsOfRecords([], readAt),
  openFindings: 0,
  undone: 'none',
  tagSeen: 'none',
  stops: [],
  refusal: 'none',
  limit: 'none',
};

function explanation(more: Partial<ExplainedQuestion> = {}) {
  return explanationOf({
    policy,
    policyName: 'policy.yaml',
    structure: structureWith(),
    account: accountIn('prod', '333333333333', 'payments-prod'),
    control: 'security-group-open-ports',
    watched: true,
    ledger: known,
    problems: [],
    now: readAt,
    ...more,
  });
}
const text = (more?: Partial<ExplainedQuestion>) =>
  explanationText(explanation(more), pc.createColors(false));

describe('an explanation', () => {
  it('shows every level that was looked at, what decided, and the end', () => {
    expect(text({ resource }).split('\n')).toEqual([
      'security-group-open-ports: sg-0123456789abcdef0 in eu-west-1, account 333333333333 (payments-prod)',
      'By policy.yaml.',
      '',
      '1. Place',
      '   /Workloads/Prod',
      '   Prod (ou-abcd-workprod) < Workloads (ou-abcd-workload) < Root (r-abcd)',
      '',
      '2. Flag and parameters, the most specific first',
      '   security-group-open-ports in account payments-prod (333333333333)  says nothing',
      '   account payments-prod (333333333333)                               says nothing',
      '   security-group-open-ports in /Workloads/Prod                       says nothing',
      '   /Workloads/Prod                                                    approval (policy.yaml:8) ← decides',
      expect.stringMatching(
        /^ {3}security-group-open-ports in \/Workloads +on \(policy.yaml:10\), parameters \{.*\} \(policy.yaml:10\) ← decides$/,
      ),
      '   /Workloads                                                         says nothing',
      '   security-group-open-ports in /                                     says nothing',
      '   /                                                                  says nothing',
      '   security-group-open-ports in the default                           says nothing',
      expect.stringContaining('   the default'),
      '   flag approval, by /Workloads/Prod (policy.yaml:8)',
      expect.stringMatching(
        /^ {3}parameters \{.*\[22\].*\}, by security-group-open-ports in \/Workloads \(policy.yaml:10\)$/,
      ),
      '',
      '3. Exemptions',
      '   No exemption of the policy matches.',
      '   The tag staunch:exempt-until may exempt it for 3 days at most (policy.yaml:13); only a look at the resource tells whether it has the tag now.',
      '',
      '4. The ledger',
      '   There is no finding of it. What follows would become of it if it were dangerous.',
      '',
      '5. The decision, question by question',
      '   Region         The policy watches eu-west-1.',
      '   Targets        Rules run in the account.',
      '   Record         Nothing says that its record cannot be understood.',
      '   Open findings  The account has a place for it: the policy allows 500 open findings.',
      '   Tries          Work on it has not stopped half-way too often.',
      '   Resource       Nobody looks now: it is taken to be dangerous, with a plan that takes nothing harmless.',
      '   Undo           No fix of it was undone.',
      '   Exemption      The policy does not exempt it.',
      '   Tag            It has no tag staunch:exempt-until, as far as is known.',
      '   Flag           The flag is approval, by /Workloads/Prod (policy.yaml:8).',
      '   Decision       Nobody has decided about it.',
      '   Approval       An operator has to approve the plan first, by /Workloads/Prod (policy.yaml:8). ← decides',
      '   Loss           The plan takes only the danger.',
      '   Retry          No pause after a failure holds it.',
      '   Backlog        It is not known here.',
      '   Stop switch    Nothing is paused there.',
      '   Freeze         No freeze of the policy holds there now.',
      '   Names          The organization has all that the policy names.',
      '   Growing pause  It was not changed within a day, so no growing pause holds it.',
      '   Reachable      Nothing says that the account cannot be reached.',
      '   Limits         Every limit allows one more fix: 20 an hour in the account, 100 in the organization, as long as fewer than 10 an hour fail there.',
      '',
      'It would wait. An operator has to approve the plan first, by /Workloads/Prod (policy.yaml:8).',
    ]);
  });

  it('shows exemptions that match, and those that have ended', () => {
    const exempt = { region: 'us-east-1', resourceId: 'sg-99' };
    expect(text({ resource: exempt })).toContain('   The policy exempts sg-9* until 2026-12-01');
    expect(text({ resource: exempt })).toContain(
      '\nIt would be left alone. Exempt until 2026-12-02 00:00 UTC (policy.yaml:12), for web',
    );
    expect(text({ resource: exempt, now: new Date('2026-12-02T00:00:00Z') })).toContain(
      '   Ended: The policy exempts sg-9*',
    );
  });

  it('shows all exemptions of the control where no resource is named', () => {
    expect(text()).toContain('   The policy exempts sg-9* until 2026-12-01');
    expect(text()).not.toContain('The ledger');
  });

  it('shows a stop, an undo and the finding', () => {
    const shown = text({
      resource,
      record: recordOf({ state: 'undone', reason: 'Undone for ada.' }),
      ledger: {
        ...known,
        undone: {
          reason: 'needed.',
          by: 'ada',
          until: '2026-12-01T00:00:00.000Z',
          writtenAt: '2026-11-01T00:00:00.000Z',
        },
        stops: [{ scope: 'organization', reason: 'freeze', by: 'bob', at: '2026-11-23T09:00:00.000Z' }],
      },
    });
    expect(shown).toContain('Staunch is paused by bob: freeze, since 2026-11-23 09:00 UTC\n');
    expect(shown).toContain('   Occurrence 1 is undone since 2026-11-23 10:00 UTC. Undone for ada.');
    expect(shown).toContain('\nIt would be left alone. The fix was undone by ada: needed.');
  });

  it('shows the freeze for which it waits', () => {
    const frozen = policyWith(`autoResponse: { default: on }
freezes: [{ from: 2026-11-23, to: 2026-11-30, reason: holidays, organizationalUnits: [/Workloads] }]
`);
    const sentence = 'A freeze of the policy holds until 2026-12-01 00:00 UTC (policy.yaml:7): holidays';
    expect(text({ policy: frozen })).toContain(`Freeze         ${sentence} ← decides`);
    expect(text({ policy: frozen })).toContain(`\nIt would wait. ${sentence}`);
    expect(explanationJson(explanation({ policy: frozen }))).toMatchObject({
      freeze: { reason: 'holidays' },
      verdict: 'waits',
    });
  });

  it('says that nothing is fixed while a name means nothing', () => {
    const on = policyWith('autoResponse: { default: on }\n');
    const problem = {
      key: '/Prd',
      source: 'policy.yaml:9',
      message: 'no such path.',
      stopsAllFixes: true as const,
    };
    expect(text({ policy: on, problems: [problem] })).toContain(
      '\nIt would wait. The policy names what is not in the organization: /Prd (policy.yaml:9).',
    );
    expect(text({ policy: on })).toContain('\nIt would be fixed.');
  });

  it('says that the management account is left alone, whatever its flag', () => {
    const account = accountIn('root', policy.organization.managementAccount, 'management');
    expect(text({ account })).toContain(
      '\nIt would be left alone. It is the management account, which Staunch does not watch.',
    );
  });

  it('says why it cannot be told', () => {
    const twice = policyWith('autoResponse: { accounts: { "333333333333": on, payments-prod: on } }\n');
    expect(text({ policy: twice })).toContain(
      '\nIt would be left alone. It cannot be told what the policy says: The policy names the same twice',
    );
  });

  it('has all of it as JSON', () => {
    expect(JSON.parse(JSON.stringify(explanationJson(explanation({ resource }))))).toMatchObject({
      account: { id: '333333333333', path: '/Workloads/Prod', watched: true },
      flag: 'approval',
      steps: expect.arrayContaining([expect.objectContaining({ what: '/Workloads/Prod' })]),
      trace: expect.arrayContaining([
        { asked: 'approval', answer: expect.stringContaining('An operator has to approve'), decides: true },
      ]),
      verdict: 'waits',
    });
  });

  it('says what it cannot know without a ledger', () => {
    const noLedger = 'There is no ledger here, so it was not asked.';
    const shown = text({ resource, ledger: {}, noLedger });
    expect(shown).toContain(`   Undo           ${noLedger}\n`);
    expect(shown).toContain(`   Stop switch    ${noLedger}\n`);
  });

  it('shows organizational units that the policy names by id with their names', () => {
    const byId = policyWith('autoResponse: { organizationalUnits: { ou-abcd-workprod: on } }');
    const shown = text({ policy: byId });

    expect(shown).toMatch(/^ {3}\/Workloads\/Prod \(ou-abcd-workprod\) +on \(policy\.yaml:6\) ← decides$/m);
    expect(shown).toContain('flag on, by /Workloads/Prod (ou-abcd-workprod) (policy.yaml:6)');
    expect(shown).not.toMatch(/(?<!\()ou-abcd/);
  });

  describe('by the names that the hub remembers', () => {
    const byName = policyWith('autoResponse: { accounts: { payments-prod: on } }');
    const renamed = structureWith(accountIn('root', '888888888888', 'another'));
    const meant = (id: string) =>
      namesMeant(byName, treeOfStructure(renamed, readAt), {
        digest: policyDigest(byName),
        bound: { accounts: { 'payments-prod': id }, units: {} },
      });

    it('says nothing of them where they mean what bears them now', () => {
      const shown = text({ policy: byName, structure: renamed, names: meant('333333333333') });

      expect(shown).toContain('flag on, by account payments-prod (policy.yaml:6)');
      expect(shown).not.toContain('the policy means');
    });

    it('decides by what they meant when the policy was deployed, and says who bears them now', () => {
      const shown = text({ policy: byName, structure: renamed, names: meant('888888888888') });

      expect(shown).toContain(
        'By payments-prod (policy.yaml:6) the policy means account another (888888888888), as when it was deployed; account payments-prod (333333333333) has that name now.',
      );
      expect(shown).toMatch(/flag off, by the default/);
    });

    it('takes a policy that is not deployed to mean what bears its names now', () => {
      const names = namesMeant(byName, treeOfStructure(renamed, readAt), {
        digest: 'of another policy',
        bound: { accounts: { 'payments-prod': '888888888888' }, units: {} },
      });

      expect(names).toEqual({
        bound: { accounts: { 'payments-prod': '333333333333' }, units: {} },
        seen: { unresolved: [], lost: [] },
      });
    });

    it('does not stop all fixes for a name that nothing bears any more, as the hub does not', () => {
      const gone = policyWith('autoResponse: { accounts: { former: on } }');
      const names = namesMeant(gone, treeOfStructure(renamed, readAt), {
        digest: policyDigest(gone),
        bound: { accounts: { former: '333333333333' }, units: {} },
      });
      const problems = [
        { key: 'former', source: 'policy.yaml:6', message: 'none', stopsAllFixes: true as const },
      ];

      expect(explanation({ policy: gone, structure: renamed, problems }).stopsAllFixes).toHaveLength(1);
      expect(explanation({ policy: gone, structure: renamed, problems, names }).stopsAllFixes).toEqual([]);
      expect(text({ policy: gone, structure: renamed, problems, names })).toContain(
        'the policy means account payments-prod (333333333333), as when it was deployed; no account has that name now.',
      );
    });
  });
});
