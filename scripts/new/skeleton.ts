import type { RegistryLine } from './registry-line';

/** What is written for something new. Every part that is missing is one that the type check names, or a test of all types. */
export interface Skeleton {
  /** Texts by path, relative to the project's root. */
  files: Readonly<Record<string, string>>;
  lines: readonly RegistryLine[];
}

/** `security-group` as `securityGroup`. */
export function camelCase(words: string): string {
  return words.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `security-group` as `SecurityGroup`. */
export function pascalCase(words: string): string {
  return camelCase(`-${words}`);
}

/** Several of what a name in camel case means: `queue` as `queues`, `policy` as `policies`. */
export function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
