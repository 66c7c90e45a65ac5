import { defaultFixesPerHour } from '../schema/limits';
import { at, type Inconsistency } from './document';

/** One account must not be able to use up what is there for all. */
export function limitProblems(document: unknown): Inconsistency[] {
  const path = ['limits', 'fixesPerHour'] as const;
  const of = (key: 'account' | 'organization'): unknown => at(document, ...path, key);
  const account = of('account') ?? defaultFixesPerHour.account;
  const organization = of('organization') ?? defaultFixesPerHour.organization;
  if (typeof account !== 'number' || typeof organization !== 'number' || account < organization) return [];
  const key = of('account') === undefined ? 'organization' : 'account';
  const message =
    key === 'account'
      ? `has to be less than organization, which is ${organization}: else one noisy account uses up the fixes of all the others.`
      : `has to be more than account, which is ${account}: else one noisy account uses up the fixes of all the others.`;
  return [{ path: [...path, key], message }];
}
