import type { ApiForm } from '../kit/api-form';
import { plainForm } from '../kit/policy/holder/plain-form';

/** Topics. */
export const topicApiForm: ApiForm = {
  form: `an object with Attributes, of which Policy and TopicArn count; ${plainForm}`,
  commands: ['aws sns get-topic-attributes'],
};
