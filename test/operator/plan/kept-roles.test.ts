import { accountsWithUndos, undosLost } from '../../../operator/plan/kept-roles';
import { policyWith } from '../../config/support/policy';
import { recordOf } from '../records';
import { structureWith } from '../structures';

const fixed = (accountId: string, saved: boolean) =>
  recordOf({ identity: { accountId }, state: 'fixed', ...(saved && { saved: true as const }) });

describe('the accounts in which undos would be lost', () => {
  const structure = structureWith();
  const [one, other] = structure.accounts.filter(({ id }) => id !== '111111111111');
  if (!one || !other) throw new Error('The structure has too few accounts.');

  it('are those with a fix that can be undone, and with no flag that lets anything be changed', () => {
    const records = [fixed(one.id, true), fixed(other.id, false)];
    expect(accountsWithUndos(policyWith(''), structure, records).map(({ id }) => id)).toEqual([one.id]);
    expect(accountsWithUndos(policyWith('autoResponse: { default: on }\n'), structure, records)).toEqual([]);
    const excluded = policyWith(`autoResponse: { default: on }\nexclude: ["${one.id}"]\n`);
    expect(accountsWithUndos(excluded, structure, records).map(({ id }) => id)).toEqual([one.id]);
  });

  it('are told with what keeps the role there', () => {
    expect(undosLost([one, other])).toContain(`-c keepRemediation=${one.id},${other.id}`);
    expect(undosLost([])).toBeUndefined();
  });
});
