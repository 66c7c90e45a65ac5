import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { queueNames } from '../../core/names';
import { QueueWithDeadLetters } from './queue-with-dead-letters';

/** How long the walker may take for one message. */
export const walkerTimeout = Duration.minutes(5);
/** Longer than the walker may take, with what the dispatcher does before and after it. */
export const dispatcherTimeout = Duration.minutes(6);

/** The queue of accounts and Regions that the patrol has to walk. Only the hub itself writes to it. */
export class PatrolQueue extends QueueWithDeadLetters {
  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    super(scope, id, {
      hub,
      name: queueNames.patrol,
      deadLettersName: queueNames.patrolDeadLetters,
      visibilityTimeout: Duration.seconds(dispatcherTimeout.toSeconds() * 6),
      maxReceiveCount: 5,
    });
  }
}
