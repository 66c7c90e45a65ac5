import type { ApiForm } from '../kit/api-form';

/** Queues. */
export const queueApiForm: ApiForm = {
  form: 'an object with Attributes, of which Policy and QueueArn count, and QueueUrl where it is known',
  commands: ['aws sqs get-queue-attributes --attribute-names All'],
};
