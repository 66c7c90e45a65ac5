import type { CloudFormation } from '../../cloudformation/engine';
import type { Executors } from '../../cloudformation/executors';
import type { Place } from '../../events';
import type { ApiCall } from '../../gateway/api';
import type { BucketObjects } from './bucket-objects';

/** What the API of stacks answers from. */
export interface StacksParts {
  cloudFormation: CloudFormation;
  objects: BucketObjects;
  executors: Pick<Executors, 'ofRole'>;
  /** Takes over work that goes on after the answer; it never rejects. */
  inBackground: (work: Promise<void>) => void;
  now: () => Date;
}

/** Stacks are called in the caller's own account. */
export function placeOf({ principal, region }: ApiCall): Place {
  return { accountId: principal.accountId, region };
}
