import type { RegistryLine } from './registry-line';

/** What is written for something new. Every part that is missing is one that the type check names. */
export interface Skeleton {
  /** Texts by path, relative to the project's root. */
  files: Readonly<Record<string, string>>;
  lines: readonly RegistryLine[];
}

/** `security-group` as `securityGroup`. */
export function camelCase(words: string): string {
  return words.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
