import type { Asker } from '../../../cli/asker/asker';
import { answersOf } from '../../../cli/init/answers';
import type { FoundOrganization } from '../../../operator/init/found';
import { plantedOrganization } from '../../operator/doctor/organization/planted-organization';

const found: FoundOrganization = {
  id: 'o-exampleorg1',
  managementAccount: '111111111111',
  structure: plantedOrganization().structure(),
};
const options = { hub: '222222222222', hubRegion: 'eu-west-1', channel: 'C0123456789' };

describe('what a new policy is told', () => {
  it('takes options, and the rest by itself where nobody is there', async () => {
    expect(await answersOf(options, found, undefined)).toEqual({
      hub: { account: '222222222222', region: 'eu-west-1' },
      regions: ['eu-west-1'],
      targets: ['r-abcd'],
      channel: 'C0123456789',
      alarms: [],
      recorder: 'own',
    });
  });

  it('names the option that is missing where nobody is there', async () => {
    await expect(answersOf({ ...options, hub: undefined } as object, found, undefined)).rejects.toThrow(
      'Give --hub',
    );
  });

  it.each([
    [{ hub: '22' }, '--hub is "22": an account\'s id has 12 digits.'],
    [{ regions: ['Ireland'] }, '--regions is "Ireland"'],
    [{ targets: ['everything'] }, '--targets is "everything"'],
    [{ channel: '#security' }, '--channel is "#security"'],
    [{ recorder: 'mine' }, '--recorder is "mine", and should be own, existing, none.'],
  ])('says what is wrong with %j', async (wrong, message) => {
    await expect(answersOf({ ...options, ...wrong }, found, undefined)).rejects.toThrow(message);
  });

  it('asks the person at the keyboard, and offers open accounts but the management account', async () => {
    const asker: Asker = {
      text: async ({ initial }) => initial ?? '',
      one: async (_message, choices) => {
        expect(choices.map(({ value }) => value)).toEqual(['222222222222', '333333333333', '444444444444']);
        return '333333333333';
      },
      several: async (_message, choices) => choices.slice(1).map(({ value }) => value),
      agrees: async () => true,
    };

    const answers = await answersOf({ channel: 'C0123456789' }, found, asker);

    expect(answers.hub.account).toBe('333333333333');
    expect(answers.targets).toEqual(['ou-abcd-workload', 'ou-abcd-sandbox0']);
  });
});
