import type { EventLog } from '../events';
import { notDoneHere } from './protocols/error-answer';
import type { ApiError, Dialect } from './protocols/errors';
import { warnOf } from './warning';

/** A call from outside the sandbox, as far as it was understood. */
export interface StrangersCall {
  /** For people: the access key, which is an administrator's account. */
  who: string;
  service: string;
  /** Empty where it was not understood. */
  operation: string;
  region: string;
  dialect: Dialect;
}

/**
 * What a stranger hears of a call that neither moto nor the sandbox can answer: AWS's own error for what it does not have. It
 * concerns nobody else, so it is a warning and no failure.
 */
export function refusalOf(call: StrangersCall, error: unknown, events: EventLog): ApiError {
  const { service, operation, region, dialect } = call;
  const reason = error instanceof Error ? error.message : String(error);
  const asked = `${service}:${operation || 'a call that cannot be read'} in ${region}`;
  const refusal = notDoneHere(service, dialect, `The sandbox does not do that (${asked}). ${reason}`);
  warnOf(call, refusal, events);
  return refusal;
}
