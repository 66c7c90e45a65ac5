import { findAccount, findUnit } from '../../../operator/organization/find-place';
import { accountIn, structureWith, units } from '../structures';

const structure = structureWith(accountIn('sandbox', '777777777777', 'trial-one'));

describe('what a person calls an account or a unit', () => {
  it('is an account by its id, or by a name that it alone has', () => {
    expect(findAccount(structure, '333333333333').name).toBe('payments-prod');
    expect(findAccount(structure, 'payments-prod').id).toBe('333333333333');
  });

  it('is a unit by its id or its path, and the root by a slash', () => {
    expect(findUnit(structure, '/Workloads/Prod')).toBe(units.prod);
    expect(findUnit(structure, units.prod.id)).toBe(units.prod);
    expect(findUnit(structure, '/')).toBe(units.root);
  });

  it.each([
    [
      () => findAccount(structure, 'trial-one'),
      '2 accounts are named "trial-one": name it by its id (444444444444, 777777777777).',
    ],
    [
      () => findAccount(structure, 'payments-prd'),
      'No account of the organization is named "payments-prd". Did you mean payments-prod?',
    ],
    [
      () => findAccount(structure, '333333333334'),
      'No account of the organization has the id 333333333334. Did you mean 333333333333?',
    ],
    [
      () => findUnit(structure, '/Workloads/Prd'),
      'There is no organizational unit "/Workloads/Prd". Did you mean /Workloads/Prod?',
    ],
    [
      () => findAccount(structure, '123'),
      'No account of the organization is named "123". An id has 12 digits. There are: ',
    ],
    [() => findAccount(structure, 'nobody at all'), 'is named "nobody at all". There are: '],
    [
      () => findUnit(structure, '/Nowhere/AtAll'),
      'There is no organizational unit "/Nowhere/AtAll". There are: /, ',
    ],
  ])('says what may be meant where it is none, or several', (find, message) => {
    expect(find).toThrow(message);
  });
});
