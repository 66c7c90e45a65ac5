import type { ApiForm } from '../kit/api-form';
import { plainForm } from '../kit/policy/holder/plain-form';

/** Queues. */
export const queueApiForm: ApiForm = {
  form: `an object with Attributes, of which Policy and QueueArn count, and CreatedTimestamp where there is no Policy, and QueueUrl where it is known; ${plainForm}`,
  commands: ['aws sqs get-queue-attributes --attribute-names All'],
};
