import { unread } from '../../../../operator/doctor/before/judges/unread';

const management = '111111111111';
const member = { accountId: '333333333333' };

describe('what could not be read before a deployment', () => {
  it('takes a role in the member, where it is asked from another account', () => {
    expect(unread('recorder', management, 'denied', member).cure).toMatchObject({
      steps: [{ does: 'ask before', byRole: true }],
    });
  });

  it("takes no role where it is the account's own", () => {
    expect(
      unread('opt-in Region', management, 'denied', { accountId: management }).cure?.says,
    ).toBeUndefined();
    expect(unread('trail', management, 'denied').cure?.says).toBeUndefined();
  });
});
