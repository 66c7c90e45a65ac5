import * as z from 'zod/mini';
import type { JsonObject } from '../core/json';
import { type DocumentParameters, documentParametersShape } from './document-parameters';

/** Parameters that a policy was deployed with, maybe by another version: what it does not know has its default. */
const deployedSchema = z.object(documentParametersShape);

/** What becomes dangerous by other parameters; everything where those of before cannot be understood. */
export function newlyPublic(before: JsonObject, next: DocumentParameters): string[] {
  const read = deployedSchema.safeParse(before);
  if (!read.success) return ['statements that let everybody in'];
  const then = read.data;
  const gone = [
    ...without(then.trustedAccounts, next.trustedAccounts),
    ...without(then.trustedOrganizations, next.trustedOrganizations),
  ];
  return [
    ...(isStrict(next) && !isStrict(then)
      ? ['statements for any other account or organization than those trusted']
      : []),
    ...(isStrict(next) && gone.length > 0 ? [`statements for ${gone.join(', ')}`] : []),
    ...(next.confusedDeputy === 'fix' && then.confusedDeputy !== 'fix'
      ? ["statements for AWS's services, whosever request they act on"]
      : []),
  ];
}

function isStrict({ trustedAccounts, trustedOrganizations }: DocumentParameters): boolean {
  return trustedAccounts.length + trustedOrganizations.length > 0;
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((one) => !others.includes(one));
}
