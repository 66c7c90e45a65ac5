import { serviceError } from '../service-error';

/** DynamoDB's refusal of a request that makes no sense. */
export function invalid(message: string): Error {
  return serviceError('DynamoDB', 'ValidationException', message);
}
