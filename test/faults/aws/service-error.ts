import { CloudTrailServiceException } from '@aws-sdk/client-cloudtrail';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { ECRServiceException } from '@aws-sdk/client-ecr';
import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import { KMSServiceException } from '@aws-sdk/client-kms';
import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { OrganizationsServiceException } from '@aws-sdk/client-organizations';
import { RDSServiceException } from '@aws-sdk/client-rds';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { S3ControlServiceException } from '@aws-sdk/client-s3-control';
import { SecretsManagerServiceException } from '@aws-sdk/client-secrets-manager';
import { SNSServiceException } from '@aws-sdk/client-sns';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import { SSMServiceException } from '@aws-sdk/client-ssm';
import { STSServiceException } from '@aws-sdk/client-sts';

/**
 * The services that live in memory, with the name and the status of their errors when they throttle and when they fail. A code
 * that the SDK has no class for has `$fault: 'client'` whatever its status, so that only 503 tells that S3 and EC2 may have been at
 * it: `throwDefaultError` in
 * https://github.com/smithy-lang/smithy-typescript/blob/main/packages/smithy-client/src/default-error-handler.ts
 */
const services = {
  DynamoDB: {
    exception: DynamoDBServiceException,
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
    throttled: ['ThrottlingException', 400],
    failed: ['InternalServerError', 500],
  },
  EC2: {
    exception: EC2ServiceException,
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    throttled: ['RequestLimitExceeded', 503],
    failed: ['InternalError', 500],
  },
  S3: {
    exception: S3ServiceException,
    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    throttled: ['SlowDown', 503],
    failed: ['InternalError', 500],
  },
  'S3 Control': {
    exception: S3ControlServiceException,
    throttled: ['SlowDown', 503],
    failed: ['InternalError', 500],
  },
  SQS: {
    exception: SQSServiceException,
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
    throttled: ['RequestThrottled', 403],
    failed: ['InternalFailure', 500],
  },
  SNS: {
    exception: SNSServiceException,
    // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html; by the names of the SDK's classes
    throttled: ['ThrottledException', 429],
    failed: ['InternalErrorException', 500],
  },
  ECR: {
    exception: ECRServiceException,
    // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
    throttled: ['ThrottlingException', 400],
    failed: ['ServerException', 500],
  },
  'Secrets Manager': {
    exception: SecretsManagerServiceException,
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
    throttled: ['ThrottlingException', 400],
    failed: ['InternalServiceError', 500],
  },
  KMS: {
    exception: KMSServiceException,
    // https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html
    throttled: ['ThrottlingException', 400],
    failed: ['KMSInternalException', 500],
  },
  RDS: {
    exception: RDSServiceException,
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html
    throttled: ['ThrottlingException', 400],
    failed: ['InternalFailure', 500],
  },
  SSM: {
    exception: SSMServiceException,
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html
    throttled: ['ThrottlingException', 400],
    failed: ['InternalServerError', 500],
  },
  STS: {
    exception: STSServiceException,
    // https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
    throttled: ['Throttling', 400],
    failed: ['InternalFailure', 500],
  },
  Lambda: {
    exception: LambdaServiceException,
    // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    throttled: ['TooManyRequestsException', 429],
    failed: ['ServiceException', 500],
  },
  EventBridge: {
    exception: EventBridgeServiceException,
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
    throttled: ['ThrottlingException', 400],
    failed: ['InternalException', 500],
  },
  Organizations: {
    exception: OrganizationsServiceException,
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
    throttled: ['TooManyRequestsException', 400],
    failed: ['ServiceException', 500],
  },
  CloudTrail: {
    exception: CloudTrailServiceException,
    throttled: ['ThrottlingException', 400],
    failed: ['InternalFailure', 500],
  },
} as const;

/** A service that lives in memory, as the SDK calls it. */
export type ServiceName = keyof typeof services;

/** An error that a service answers, as the SDK throws it: its code is the name. */
export function serviceError(
  service: ServiceName,
  name: string,
  message: string,
  httpStatusCode = 400,
): Error {
  return new services[service].exception({
    name,
    message,
    $fault: 'client',
    $metadata: { httpStatusCode, attempts: 1 },
  });
}

/** The error with which a service refuses a call for now. */
export function throttling(service: ServiceName): Error {
  const { exception, throttled } = services[service];
  const [name, httpStatusCode] = throttled;
  const error = new exception({
    name,
    message: 'Rate exceeded',
    $fault: 'client',
    $metadata: { httpStatusCode, attempts: 1 },
  });
  return Object.assign(error, { $retryable: { throttling: true } });
}

/** The error of a service that failed. */
export function serviceFailure(service: ServiceName): Error {
  const { exception, failed } = services[service];
  const [name, httpStatusCode] = failed;
  const message = 'An internal error occurred.';
  return new exception({ name, message, $fault: 'server', $metadata: { httpStatusCode, attempts: 1 } });
}
