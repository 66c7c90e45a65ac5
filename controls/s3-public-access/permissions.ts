import type { Permission } from '../../core/permission';

/**
 * What closing a bucket takes, beside reading it. Which action can be limited to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const fixPermissions: readonly Permission[] = [
  {
    actions: [
      's3:PutBucketAcl',
      's3:PutBucketPolicy',
      's3:DeleteBucketPolicy',
      's3:PutBucketPublicAccessBlock',
    ],
    on: 'resource',
  },
];
