import { orArn } from '../../gateway/arn';
import { anyResource, type ServiceNeeds, sameName } from '../needed';
import { settingName, settingOperations } from './service-settings';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const needs: ServiceNeeds = {
  ...sameName(
    'ssm',
    ['GetParameter'],
    ({ accountId, region, parameters: { Name } }) =>
      `arn:aws:ssm:${region}:${accountId}:parameter/${String(Name).replace(/^\//, '')}`,
  ),
  ...sameName('ssm', ['ListDocuments'], anyResource),
  ...sameName(
    'ssm',
    ['DescribeDocument', 'DescribeDocumentPermission', 'ModifyDocumentPermission'],
    ({ accountId, region, parameters: { Name } }) =>
      orArn(Name, `arn:aws:ssm:${region}:${accountId}:document/${String(Name)}`),
  ),
  ...sameName('ssm', settingOperations, ({ accountId, region, parameters: { SettingId } }) =>
    orArn(SettingId, `arn:aws:ssm:${region}:${accountId}:servicesetting/${settingName(SettingId)}`),
  ),
};
