import { type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const needs: ServiceNeeds = sameName(
  'ssm',
  ['GetParameter'],
  ({ accountId, region, parameters: { Name } }) =>
    `arn:aws:ssm:${region}:${accountId}:parameter/${String(Name).replace(/^\//, '')}`,
);
