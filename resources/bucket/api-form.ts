import type { ApiForm } from '../kit/api-form';

/** Buckets, whose parts S3 answers one by one. */
export const bucketApiForm: ApiForm = {
  form: 'an object with any of Policy, Grants, Owner, Name, PublicAccessBlockConfiguration, AccountPublicAccessBlockConfiguration and OwnershipControls',
  commands: ['aws s3api get-bucket-acl', 'aws s3api get-bucket-policy'],
};
