import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * Makes a write that has a condition.
 * @returns false when the condition does not hold: somebody else was faster
 */
export async function conditionally(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
