import { serviceNamed } from '../services/registry';
import type { Operation } from '../services/service';
import { accountByArn } from './arn';
import type { Learned } from './learned';
import type { HttpRequest } from './protocols/request';

/** The account whose resources a call reaches: the service's own word for it, the account in an ARN, else the caller's own. */
export function accountOf(
  { service, operation, parameters }: Operation,
  request: HttpRequest,
  callerAccountId: string,
  learned: Learned,
): string {
  const ofService = serviceNamed(service)?.protocol?.accountOf;
  if (ofService) return ofService({ operation, parameters, request, callerAccountId }, learned);
  return accountByArn(parameters) ?? callerAccountId;
}
