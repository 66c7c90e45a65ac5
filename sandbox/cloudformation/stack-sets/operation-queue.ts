import { StackSetError } from './error';
import { conflict, hasEnded, type Operation, type OperationResult } from './operation';
import { cancelOperation, type Outcome, runOperation } from './run-operation';

type Act = (result: OperationResult) => Promise<Outcome>;

interface Waiting {
  operation: Operation;
  start: () => void;
}

/**
 * The operations of one stack set, and when each runs. With managed execution those that touch other accounts run at the same time,
 * and the rest wait in the order in which they came; without it a second one is refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ManagedExecution.html
 */
export class OperationQueue {
  /** Every operation, the newest first, as the API lists them. */
  readonly operations: Operation[] = [];
  private readonly waiting: Waiting[] = [];

  constructor(private readonly now: () => Date) {}

  /**
   * Refuses where another operation runs and nothing may wait.
   * @throws StackSetError `OperationInProgressException`
   */
  requireFree(managed: boolean): void {
    const open = this.operations.find((operation) => !hasEnded(operation));
    if (managed || open === undefined) return;
    throw new StackSetError(
      'OperationInProgressException',
      `Another Operation on StackSet is in progress: ${open.id}`,
    );
  }

  /**
   * Refuses an operation that may neither run nor wait.
   * @throws StackSetError `OperationInProgressException`, `OperationIdAlreadyExistsException`
   */
  admit(operation: Operation, managed: boolean): void {
    if (this.operations.some(({ id }) => id === operation.id)) {
      throw new StackSetError(
        'OperationIdAlreadyExistsException',
        `An operation with the id ${operation.id} exists already`,
      );
    }
    // Auto-deployment is AWS's own, and comes when it can.
    if (!operation.automatic) this.requireFree(managed);
  }

  /**
   * Runs an operation that was admitted, now, or when those before it have ended.
   *
   * @param managed whether the stack set has managed execution
   * @returns resolves when it has ended, well or badly
   */
  add(operation: Operation, managed: boolean, act: Act): Promise<void> {
    const open = this.operations.filter((other) => !hasEnded(other));
    const waits = open.some((other) => !managed || other.status === 'QUEUED' || conflict(other, operation));
    this.operations.unshift(operation);
    if (!waits) return this.run(operation, act);
    return new Promise((resolve) => {
      this.waiting.push({ operation, start: () => void this.run(operation, act).then(resolve) });
    });
  }

  /**
   * Stops an operation: what has not begun is cancelled, and what runs ends as it would.
   * @throws StackSetError `OperationNotFoundException`, `InvalidOperationException`
   */
  stop(id: string): void {
    const operation = this.operation(id);
    if (hasEnded(operation)) {
      throw new StackSetError('InvalidOperationException', `Operation ${id} is not in a stoppable state`);
    }
    if (operation.status === 'QUEUED') cancelOperation(operation, this.now());
    else operation.status = 'STOPPING';
    this.startNext();
  }

  /** @throws StackSetError `OperationNotFoundException` */
  operation(id: string): Operation {
    const found = this.operations.find((operation) => operation.id === id);
    if (found) return found;
    throw new StackSetError('OperationNotFoundException', `Operation ${id} not found`);
  }

  private async run(operation: Operation, act: Act): Promise<void> {
    if (!hasEnded(operation)) await runOperation(operation, act, this.now);
    this.startNext();
  }

  private startNext(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      const { operation, start } = next;
      const running = this.operations.filter(({ status }) => status === 'RUNNING' || status === 'STOPPING');
      if (!hasEnded(operation) && running.some((other) => conflict(other, operation))) return;
      this.waiting.shift();
      start();
    }
  }
}
