import { parseOrganization } from '../../../config/organization';
import type { FoundOrganization, FoundParts } from '../../../operator/init/found';
import { newPolicyText, type PolicyAnswers } from '../../../operator/init/policy-text';
import { now, plantedOrganization } from '../doctor/organization/planted-organization';

const organization: FoundOrganization = {
  id: 'o-exampleorg1',
  managementAccount: '111111111111',
  structure: plantedOrganization().structure(),
};
const answers: PolicyAnswers = {
  hub: { account: '222222222222', region: 'eu-west-1' },
  regions: ['eu-west-1', 'us-east-1'],
  targets: ['r-abcd'],
  channel: 'C0123456789',
  alarms: ['security@example.com'],
  recorder: 'own',
};
const found: FoundParts = {
  recorders: new Map([
    ['222222222222', 'none'],
    ['333333333333', 'another'],
    ['444444444444', 'unknown'],
  ]),
  trail: { read: undefined },
};

const parsed = (text: string) => parseOrganization(text, 'organization.yaml', now);

describe('a new policy', () => {
  it('is valid, changes nothing, and leaves recorders that are there alone', () => {
    const text = newPolicyText(answers, organization, found);
    const { autoResponse, recorder, targets, hub, regions } = parsed(text);

    expect(autoResponse).toEqual(
      expect.objectContaining({ default: expect.objectContaining({ flag: 'off' }) }),
    );
    expect(recorder).toMatchObject({ default: 'own', accounts: { '333333333333': 'existing' } });
    expect(targets).toEqual(['r-abcd']);
    expect([hub.account, hub.alarms, regions]).toEqual([
      '222222222222',
      ['security@example.com'],
      ['eu-west-1', 'us-east-1'],
    ]);
    expect(text).toContain('Of 1 accounts it could not be read whether they have a recorder.');
  });

  it('sets up no recorder anywhere where none is wished', () => {
    const { recorder } = parsed(newPolicyText({ ...answers, recorder: 'none' }, organization, found));

    expect(recorder).toMatchObject({ default: 'none', accounts: {} });
  });

  it('keeps its meaning whatever an account is called', () => {
    const [first, ...others] = organization.structure.accounts;
    const structure = {
      ...organization.structure,
      accounts: [
        ...others,
        {
          ...(first ?? organization.structure.accounts[0]),
          id: '333333333333',
          name: 'x\nautoResponse: on\u2028',
        },
      ],
    } as FoundOrganization['structure'];

    expect(parsed(newPolicyText(answers, { ...organization, structure }, found)).recorder.accounts).toEqual({
      '333333333333': 'existing',
    });
  });
});
