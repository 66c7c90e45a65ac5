import { named, type WalkedType } from './walked-type';

/** The account and Region of the test in which one is removed. */
const place = { accountId: '222222222222', region: 'eu-central-1' };

/** SSM documents. */
export const documents: WalkedType = {
  type: 'AWS::SSM::Document',
  inPage: 50,
  list: 'ListDocuments',
  throttled: 'ThrottlingException',
  plant(aws, of, number) {
    const name = `Document-${named(number)}`;
    aws.ssm.create(name, of);
    return name;
  },
  remove: (aws, name) => aws.ssm.delete(name, place),
  read: { command: 'DescribeDocumentPermission', names: (input) => (input as { Name?: string }).Name },
};
