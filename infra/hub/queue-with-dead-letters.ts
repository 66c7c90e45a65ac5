import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { queueArn } from '../../core/queue-address';

/** What tells one queue from another. */
export interface QueueWithDeadLettersProps {
  hub: Organization['hub'];
  name: string;
  deadLettersName: string;
  /** At least six times the timeout of the function that reads it. */
  visibilityTimeout: Duration;
  /** How often a message is received before it goes to the dead letters. */
  maxReceiveCount: number;
  /** Whether messages of one group are handed out one after the other; both names end in `.fifo` then. */
  fifo?: true;
}

/** Fourteen days, the longest that SQS keeps a message. */
const retentionPeriod = Duration.days(14);

/**
 * A queue, and the queue of its dead letters, which takes them from no other. Both keep messages as long as SQS can.
 * SQS encrypts with its own key: a key of the hub's would have to be opened to every member account.
 */
export class QueueWithDeadLetters extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: QueueWithDeadLettersProps) {
    super(scope, id);
    const arn = queueArn(props.hub.account, props.hub.region, props.name);
    // By its ARN: each of the two queues names the other.
    const fifo = props.fifo && { fifo: true };
    const source: IQueue = Queue.fromQueueArn(this, 'Source', arn);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: props.deadLettersName,
      ...fifo,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod,
      redriveAllowPolicy: { redrivePermission: RedrivePermission.BY_QUEUE, sourceQueues: [source] },
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: props.name,
      ...fifo,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod,
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
    });
  }
}
