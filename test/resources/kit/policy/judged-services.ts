import { bucketPolicyRules } from '../../../../resources/bucket/policy-rules';
import type { ServiceRules } from '../../../../resources/kit/policy/document-rules';
import { queuePolicyRules } from '../../../../resources/queue/policy-rules';
import type { PolicyWords } from './arbitrary-policies';
import { keyService, own, plainService } from './service-rules';

type JudgedService = readonly [name: string, rules: ServiceRules, words: PolicyWords];

/** Queues: a service without condition keys of its own. */
export const queues: JudgedService = [
  'queues',
  queuePolicyRules,
  { prefix: 'sqs', actions: ['SendMessage', 'ReceiveMessage'], arn: `arn:aws:sqs:eu-west-1:${own}:orders` },
];

/** Each service whose policies the document model judges: its rules, and words for policies of it. */
export const judgedServices: readonly JudgedService[] = [
  queues,
  [
    'buckets',
    bucketPolicyRules,
    {
      prefix: 's3',
      actions: ['GetObject', 'PutObject'],
      arn: 'arn:aws:s3:::orders/receipt',
      keys: { 's3:DataAccessPointAccount': ['444455556666', '*'] },
    },
  ],
  [
    'topics',
    { ...plainService, service: 'SNS', prefix: 'sns' },
    {
      prefix: 'sns',
      actions: ['Publish', 'Subscribe'],
      arn: `arn:aws:sns:eu-west-1:${own}:orders`,
      keys: { 'sns:Protocol': ['https', 'sqs'] },
    },
  ],
  [
    'repositories',
    { ...plainService, service: 'ECR', prefix: 'ecr' },
    {
      prefix: 'ecr',
      actions: ['BatchGetImage', 'PutImage'],
      arn: `arn:aws:ecr:eu-west-1:${own}:repository/orders`,
      isAboutItsPlace: true,
    },
  ],
  [
    'secrets',
    { ...plainService, service: 'Secrets Manager', prefix: 'secretsmanager' },
    {
      prefix: 'secretsmanager',
      actions: ['GetSecretValue', 'PutSecretValue'],
      arn: `arn:aws:secretsmanager:eu-west-1:${own}:secret:orders-AbCdEf`,
      keys: { 'secretsmanager:VersionStage': ['AWSCURRENT', '*'] },
    },
  ],
  [
    'keys',
    keyService,
    {
      prefix: 'kms',
      actions: ['Decrypt', 'Encrypt'],
      arn: `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      keys: {
        'kms:CallerAccount': ['444455556666', '*'],
        'kms:ViaService': ['s3.eu-west-1.amazonaws.com', 's3.*.amazonaws.com'],
      },
    },
  ],
];
