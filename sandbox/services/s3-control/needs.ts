import type { ServiceNeeds } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const needs: ServiceNeeds = {
  GetPublicAccessBlock: () => [{ action: 's3:GetAccountPublicAccessBlock', resource: '*' }],
  PutPublicAccessBlock: () => [{ action: 's3:PutAccountPublicAccessBlock', resource: '*' }],
  DeletePublicAccessBlock: () => [{ action: 's3:PutAccountPublicAccessBlock', resource: '*' }],
};
