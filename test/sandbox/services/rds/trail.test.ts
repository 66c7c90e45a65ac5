import type { ApiCall } from '../../../../sandbox/gateway/api';
import { trail } from '../../../../sandbox/services/rds/trail';

const call = (operation: string, parameters: object): ApiCall =>
  ({ service: 'rds', operation, parameters }) as ApiCall;

it('records with whom a snapshot is shared as CloudTrail does', () => {
  const shared = call('ModifyDBSnapshotAttribute', {
    Version: '2014-10-31',
    DBSnapshotIdentifier: 'orders',
    AttributeName: 'restore',
    ValuesToAdd: { AttributeValue: ['all', '444455556666'] },
  });
  expect(trail.requestParameters(shared)).toEqual({
    dBSnapshotIdentifier: 'orders',
    attributeName: 'restore',
    valuesToAdd: ['all', '444455556666'],
  });
  const body =
    '<ModifyDBSnapshotAttributeResponse xmlns="x"><ModifyDBSnapshotAttributeResult><DBSnapshotAttributesResult>' +
    '<DBSnapshotIdentifier>orders</DBSnapshotIdentifier><DBSnapshotAttributes><DBSnapshotAttribute>' +
    '<AttributeName>restore</AttributeName><AttributeValues><AttributeValue>all</AttributeValue></AttributeValues>' +
    '</DBSnapshotAttribute></DBSnapshotAttributes></DBSnapshotAttributesResult></ModifyDBSnapshotAttributeResult>' +
    '</ModifyDBSnapshotAttributeResponse>';
  expect(trail.responseElements?.(shared, { status: 200, headers: {}, body })).toEqual({
    dBSnapshotIdentifier: 'orders',
    dBSnapshotAttributes: [{ attributeName: 'restore', attributeValues: ['all'] }],
  });
});

it('records no password', () => {
  const created = call('CreateDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'secret' });
  expect(trail.requestParameters(created)).toEqual({
    dBInstanceIdentifier: 'orders',
    masterUserPassword: '****',
  });
});
