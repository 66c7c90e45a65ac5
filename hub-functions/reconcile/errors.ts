import { OperationInProgressException, StackSetNotFoundException } from '@aws-sdk/client-cloudformation';

/** Whether a stack set is not there. */
export function isStackSetNotFound(error: unknown): boolean {
  return error instanceof StackSetNotFoundException;
}

/** Whether an operation on the stack set has to end first. */
export function isBusy(error: unknown): boolean {
  return error instanceof OperationInProgressException;
}
