import type { ApiCall } from '../../gateway/api';
import { anyResource, type ServiceNeeds, sameName } from '../needed';
import { settingIn, settingOperations } from './service-settings';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const needs: ServiceNeeds = {
  ...sameName('ssm', ['GetParameter'], (call) =>
    arnIn(call, `parameter/${String(call.parameters.Name).replace(/^\//, '')}`),
  ),
  ...sameName(
    'ssm',
    [
      'CreateDocument',
      'DeleteDocument',
      'DescribeDocument',
      'DescribeDocumentPermission',
      'GetDocument',
      'ModifyDocumentPermission',
      'UpdateDocument',
    ],
    (call) => arnIn(call, `document/${String(call.parameters.Name)}`),
  ),
  ...sameName('ssm', ['ListDocuments'], anyResource),
  ...sameName('ssm', settingOperations, (call) => arnIn(call, `servicesetting${settingIn(call.parameters)}`)),
};

function arnIn({ accountId, region }: ApiCall, resource: string): string {
  return `arn:aws:ssm:${region}:${accountId}:${resource}`;
}
