import type { ApiAnswer, ApiCall } from '../../gateway/api';

/** The texts that a call was given for a parameter, whether as one value or as a list; none when it was not given. */
export function textsOf(call: ApiCall, parameter: string): string[] {
  const value = call.parameters[parameter];
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string');
}

/** Every id with this prefix (`sg`, `eni`) in the parameters or the answer of a call. */
export function idsIn(call: ApiCall, answer: ApiAnswer, prefix: string): string[] {
  const text = `${JSON.stringify(call.parameters)} ${answer.body.toString()}`;
  return [...new Set(text.match(new RegExp(`\\b${prefix}-[0-9a-f]{8,17}\\b`, 'g')) ?? [])];
}
