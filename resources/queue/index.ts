import { holderType } from '../kit/policy/holder/type';
import { queueFacts } from './facts';
import { queueForms } from './handed-over';
import { queueKind } from './kind';
import { queueItems } from './model';

/** SQS queues. */
export const queue = holderType({ facts: queueFacts, kind: queueKind, items: queueItems, forms: queueForms });
