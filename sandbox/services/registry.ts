import type { ApiCall } from '../gateway/api';
import type { Learned } from '../gateway/learned';
import { dynamodbNeeds } from './dynamodb/needs';
import { ec2Needs } from './ec2/needs';
import { eventsNeeds } from './events/needs';
import {
  cloudtrailNeeds,
  cloudwatchNeeds,
  configNeeds,
  kmsNeeds,
  secretsManagerNeeds,
  snsNeeds,
} from './kms/needs';
import { lambdaNeeds } from './lambda/needs';
import type { NeededAccess, ServiceNeeds } from './needed';
import { organizationsNeeds } from './organizations/needs';
import { s3ControlNeeds, s3Needs } from './s3/needs';
import { sqsNeeds } from './sqs/needs';

const byService: Readonly<Record<string, ServiceNeeds>> = {
  cloudtrail: cloudtrailNeeds,
  cloudwatch: cloudwatchNeeds,
  config: configNeeds,
  dynamodb: dynamodbNeeds,
  ec2: ec2Needs,
  events: eventsNeeds,
  kms: kmsNeeds,
  lambda: lambdaNeeds,
  organizations: organizationsNeeds,
  s3: s3Needs,
  's3-control': s3ControlNeeds,
  secretsmanager: secretsManagerNeeds,
  sns: snsNeeds,
  sqs: sqsNeeds,
};

/**
 * The IAM permissions that a call needs, with its resources and condition keys, by the Service Authorization Reference;
 * undefined for an operation that no table names.
 */
export function neededAccess(call: ApiCall, learned: Learned): NeededAccess[] | undefined {
  const needs = Object.hasOwn(byService, call.service) ? byService[call.service] : undefined;
  return needs && Object.hasOwn(needs, call.operation) ? needs[call.operation]?.(call, learned) : undefined;
}
