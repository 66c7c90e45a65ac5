import { control as clusterControl } from '../../../../../controls/rds-cluster-snapshot-public';
import { control } from '../../../../../controls/rds-snapshot-public';
import { ResourceInputError } from '../../../../../core/errors';
import { rdsSnapshotFromApi } from '../../../../../resources/rds-snapshot/model';

const parameters = control.parameters.parse({});
const item = (type: string, supplementaryConfiguration: unknown) => ({
  resourceType: type,
  resourceId: 'orders',
  ARN: 'arn:aws:rds:eu-west-1:222222222222:snapshot:orders',
  configurationItemStatus: 'OK',
  configuration: {},
  supplementaryConfiguration,
});

describe('a snapshot of RDS', () => {
  it.each([
    [control, 'AWS::RDS::DBSnapshot'],
    [clusterControl, 'AWS::RDS::DBClusterSnapshot'],
  ] as const)('is undecided by an item without its attributes, and never compliant: %#', (judge, type) => {
    for (const supplement of [
      undefined,
      null,
      {},
      { DBSnapshotAttributes: null, DBClusterSnapshotAttributes: '' },
    ]) {
      const resource = judge.fromConfigurationItem(item(type, supplement));
      expect(judge.undecided?.(resource, parameters)).toMatch(/cannot be told/);
    }
  });

  it('is judged by the history of AWS Config as well, in which the parts are text', () => {
    const attributes = JSON.stringify([{ attributeName: 'restore', attributeValues: ['all'] }]);
    const read = control.fromConfigurationItem(
      item('AWS::RDS::DBSnapshot', { DBSnapshotAttributes: attributes }),
    );
    expect(control.evaluate(read, parameters).compliance).toBe('NON_COMPLIANT');
    expect(read).toMatchObject({ id: 'orders', accountId: '222222222222' });
  });

  it('cannot be judged where whoever is named is no account', () => {
    const answer = (values: unknown) => ({
      DBSnapshotIdentifier: 'orders',
      DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: values }],
    });
    for (const values of [['All'], ['arn:aws:iam::222222222222:root'], [''], 'all'])
      expect(() => rdsSnapshotFromApi(answer(values))).toThrow(ResourceInputError);
    expect(() => rdsSnapshotFromApi({})).toThrow(/aws rds describe-db-snapshot-attributes/);
  });

  it('is shared by no other attribute', () => {
    const other = [{ AttributeName: 'another', AttributeValues: ['444455556666'] }];
    const resource = rdsSnapshotFromApi({ DBSnapshotAttributes: other });
    expect(control.evaluate(resource, parameters).compliance).toBe('COMPLIANT');
  });

  it.each(['another', 'Restore'])(
    'is not judged where everybody stands in the attribute %s',
    (AttributeName) => {
      const other = [{ AttributeName, AttributeValues: ['444455556666', 'all'] }];
      expect(() => rdsSnapshotFromApi({ DBSnapshotAttributes: other })).toThrow(ResourceInputError);
    },
  );
});
