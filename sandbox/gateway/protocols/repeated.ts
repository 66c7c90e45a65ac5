import { ApiError } from './errors';

/**
 * Refuses a parameter that comes more than once: whoever decides and whoever answers could each look at another one.
 *
 * @param names of the parameters, as often as the request has them
 * @throws ApiError
 */
export function refuseRepeated(names: Iterable<string>, code = 'InvalidParameterValue'): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new ApiError(code, `The parameter ${name} is given more than once.`);
    seen.add(name);
  }
}
