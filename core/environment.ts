/** Thrown when a function was deployed without a variable that it needs. */
export class MissingVariableError extends Error {
  override readonly name = 'MissingVariableError';
}

/**
 * An environment variable that a function cannot work without.
 * @throws MissingVariableError when it is not set or empty; it names the variable.
 */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new MissingVariableError(
      `The environment variable ${name} is not set: deploy the function with its template`,
    );
  }
  return value;
}
