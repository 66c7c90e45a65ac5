import { customControls } from '../../../controls/registry';
import { verdictCodeDigest } from '../../../infra/bundle';
import { CopiedProject } from '../../infra/support/copied-project';

/** Those of the types that have most of their own, and two of one policy document: each digest bundles a control's code. */
const ids = [
  ...['security-group-open-ports', 'security-group-wide-open', 's3-public-access'],
  ...['sqs-public-policy', 'kms-public-policy'],
];
const compared = customControls.filter(({ id }) => ids.includes(id));
const unchanged = new Map(compared.map((control) => [control.id, verdictCodeDigest(control)]));
const copy = new CopiedProject();

afterEach(() => copy.restore());
afterAll(() => copy.remove());

/** The controls whose digest differs from the one of the unchanged code. */
function changed(): string[] {
  return compared
    .filter((control) => verdictCodeDigest(control, copy.root) !== unchanged.get(control.id))
    .map(({ id }) => id);
}

describe("the digest of a control's code", () => {
  it('is the same in every folder', () => {
    expect(changed()).toEqual([]);
  });

  it('does not change with a comment', () => {
    copy.append('controls/s3-public-access/evaluate.ts', '\n// More to say.\n');
    expect(changed()).toEqual([]);
  });

  it("changes with one control's own file for that control alone", () => {
    copy.edit('controls/s3-public-access/evaluate.ts', 'The ACL grants', 'Its ACL grants');
    expect(changed()).toEqual(['s3-public-access']);
  });

  it('changes with what two controls share for these two', () => {
    copy.edit(
      'resources/security-group/exposed-ports.ts',
      'export ',
      'export const more = 1;\nmore.toFixed();\nexport ',
    );
    expect(changed()).toEqual(['security-group-open-ports', 'security-group-wide-open']);
  });

  it('changes with how the rule function judges for each', () => {
    copy.edit('member-functions/rule/verdict.ts', "new Set(['OK', 'ResourceDiscovered'])", "new Set(['OK'])");
    expect(changed()).toEqual(compared.map(({ id }) => id));
  });

  it("changes with what reads the account's setting where that decides", () => {
    copy.edit('member-functions/rule/account-settings/public-access-block.ts', 'return null', 'return {}');
    expect(changed()).toEqual(['s3-public-access']);
  });

  it.each([
    ['what AWS Config recorded of it', 'recorded-setting.ts', "=== 'ResourceDiscovered'", "=== 'OK'"],
    ['which invocation is a change', 'is-change.ts', "!== 'item' ||", "=== 'item' &&"],
  ])('changes with how the rule function tells %s, where a setting decides', (_what, file, from, to) => {
    copy.edit(`member-functions/rule/${file}`, from, to);
    expect(changed()).toEqual(['s3-public-access']);
  });

  it('changes with how parameter sets are read for each', () => {
    const told = 'byAccount.get(accountId) ?? forOthers';
    copy.edit('controls/parameter-sets.ts', told, 'forOthers');
    expect(changed()).toEqual(compared.map(({ id }) => id));
  });

  it('does not change with what decides nothing', () => {
    copy.edit('member-functions/rule/finding-message.ts', 'mostListed = 50', 'mostListed = 51');
    copy.edit('member-functions/rule/rule.ts', 'Finding sent', 'A finding was sent');
    copy.edit('core/names.ts', '{prefix}-forward-events', '{prefix}-forwarding');
    expect(changed()).toEqual([]);
  });
});
