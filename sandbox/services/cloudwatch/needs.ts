import { anyResource, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export const needs: ServiceNeeds = sameName('cloudwatch', ['PutMetricData'], anyResource);
