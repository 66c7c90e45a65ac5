import { accountText, namesOf, noNames, withNames } from '../../../ledger/organization/place-names';

const names = namesOf({
  rootId: 'r-abcd',
  units: new Map([
    ['ou-abcd-workload', { id: 'ou-abcd-workload', name: 'Workloads', parentId: 'r-abcd' }],
    ['ou-abcd-workprod', { id: 'ou-abcd-workprod', name: 'Prod', parentId: 'ou-abcd-workload' }],
    ['ou-abcd-circle00', { id: 'ou-abcd-circle00', name: 'Round', parentId: 'ou-abcd-circle00' }],
  ]),
  accounts: new Map([
    ['111122223333', { id: '111122223333', name: 'payments-prod', parentId: 'ou-abcd-workprod' }],
  ]),
  readAt: new Date(0),
  tookMilliseconds: 1,
});

describe('names of accounts and units', () => {
  it('are those of the tree', () => {
    expect(names.account('111122223333')).toBe('payments-prod');
    expect(names.unit('ou-abcd-workprod')).toBe('/Workloads/Prod');
    expect(names.unitOf('111122223333')).toBe('/Workloads/Prod');
    expect(names.unit('r-abcd')).toBe('/');
    expect(names.unit('ou-abcd-circle00')).toBeUndefined();
    expect(names.unitOf('999999999999')).toBeUndefined();
    expect(accountText('111122223333', names)).toBe('payments-prod (111122223333)');
    expect(accountText('111122223333', noNames)).toBe('111122223333');
  });

  it.each([
    ['Account 111122223333 is paused.', 'Account payments-prod (111122223333) is paused.'],
    [
      'by ou-abcd-workprod (organization.yaml:17)',
      'by /Workloads/Prod (ou-abcd-workprod) (organization.yaml:17)',
    ],
    ['in 111122223333, until then', 'in payments-prod (111122223333), until then'],
    ['payments-prod (111122223333)', 'payments-prod (111122223333)'],
    ['999999999999 is not known', '999999999999 is not known'],
    ['111122223333#eu-west-1#s3-public-access#photos#1', '111122223333#eu-west-1#s3-public-access#photos#1'],
    ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
    ['the bucket logs-111122223333', 'the bucket logs-111122223333'],
  ])('in a sentence: %s', (text, expected) => {
    expect(withNames(text, names)).toBe(expected);
  });
});
