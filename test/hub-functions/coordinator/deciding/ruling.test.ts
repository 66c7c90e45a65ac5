import { type Places, rulingFor } from '../../../../hub-functions/coordinator/deciding/ruling';
import { UnknownAccountError, UnresolvedPlaceError } from '../../../../ledger/organization/place-errors';
import { accounts, testIdentity, testPolicy } from '../../../support/findings';

const now = new Date('2026-11-23T10:00:00Z');
const of = (accountId: string) => ({ ...testIdentity, accountId });

/** Accounts in one unit, or what is thrown instead. */
function places(error?: Error): Places {
  const place = async (accountId: string) => {
    if (error) throw error;
    return { accountId, path: [{ id: 'ou-root-inner000' }, { id: 'r-root' }] };
  };
  return { place, freshPlace: place };
}

describe('rulingFor', () => {
  it('is the flag that the policy gives that place', async () => {
    expect(await rulingFor(of(accounts.on), testPolicy, places(), now)).toMatchObject({ flag: 'on' });
    expect(await rulingFor(of(accounts.off), testPolicy, places(), now)).toMatchObject({ flag: 'off' });
  });

  it('has no flag, and says why, when the place is unresolved', async () => {
    const unresolved = places(new UnresolvedPlaceError('AWS Organizations says: slow down.'));
    const ruling = await rulingFor(of(accounts.on), testPolicy, unresolved, now);
    expect(ruling).not.toHaveProperty('flag');
    expect(ruling.decidedBy).toContain('slow down');
  });

  it('leaves an exempt resource alone until the exemption is over', async () => {
    const exemption = {
      control: testIdentity.control,
      account: accounts.on,
      resource: testIdentity.resourceId,
      reason: 'A test.',
      owner: 'tests',
      expires: '2026-11-23',
      until: '2026-11-24T00:00:00.000Z',
      source: 'organization.yaml:20',
    };
    const policy = { ...testPolicy, exemptions: [exemption] };
    const stateAt = async (time: string) =>
      (await rulingFor(of(accounts.on), policy, places(), new Date(time))).exempt?.state;

    expect(await stateAt('2026-11-23T23:59:59Z')).toBe('exempt');
    expect(await stateAt('2026-11-24T00:00:00Z')).toBeUndefined();
  });

  it('refuses an account that is not in the organization', async () => {
    const unknown = places(new UnknownAccountError('It is not there.'));
    await expect(rulingFor(of(accounts.on), testPolicy, unknown, now)).rejects.toThrow(UnknownAccountError);
  });
});
