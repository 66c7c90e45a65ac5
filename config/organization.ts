import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { inconsistencies } from './consistency';
import { PolicyError, type PolicyProblem } from './policy-error';
import { type OrganizationSettings, organizationSchema } from './schema';
import { YamlSource } from './yaml-source';
import { problemsOf } from './zod-problems';

/** The organization's policy: what `config/organization.yaml` says, and where it says each flag. */
export interface Organization extends OrganizationSettings {
  /** Where each flag comes from, for people: `organization.yaml:31`. */
  sources: {
    default: string;
    organizationalUnits: Record<string, string>;
    accounts: Record<string, string>;
  };
}

/**
 * Reads the organization's policy from a file.
 * @param file path of the YAML file
 * @param name what it is called in problems and reports; its path unless given
 * @throws PolicyError when it cannot be read, or is not right in every key; it lists every problem
 */
export function loadOrganization(file: string, name = file): Organization {
  return parseOrganization(readText(file, name), name);
}

/**
 * Reads the organization's policy from text.
 * @param text the content of the file
 * @param file its name, for problems and reports
 * @throws PolicyError when it is not right in every key; it lists every problem
 */
export function parseOrganization(text: string, file: string): Organization {
  const source = new YamlSource(text, file);
  if (source.value === null) {
    throw new PolicyError([
      { file, key: '', message: 'the file is empty; start from config/organization.yaml of the project.' },
    ]);
  }
  const parsed = organizationSchema.safeParse(source.value, { reportInput: true });
  const problems = [
    ...source.problems,
    ...problemsOf(source, parsed.error?.issues ?? [], organizationSchema),
    ...inconsistencies(source.value).map(({ path, message }) => source.problem(path, message)),
  ];
  if (parsed.success && problems.length === 0)
    return { ...parsed.data, sources: sourcesOf(source, parsed.data) };
  throw new PolicyError(inOrder(problems));
}

function readText(file: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new PolicyError([{ file: name, key: '', message: unreadable(error) }]);
  }
}

function unreadable(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT') {
    return 'the file does not exist; name another, or start from the example in the project, config/organization.yaml.';
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the file is not UTF-8 text; save it as UTF-8.';
  return `the file cannot be read (${code}).`;
}

/** In the order of the file; one problem a place, as a key that is wrong in itself is often also wrong beside others. */
function inOrder(problems: readonly PolicyProblem[]): PolicyProblem[] {
  const seen = new Set<string>();
  return problems
    .filter((problem) => {
      const place = `${problem.line}:${problem.column}:${problem.key}`;
      return seen.has(place) ? false : seen.add(place);
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function sourcesOf(source: YamlSource, { autoResponse }: OrganizationSettings): Organization['sources'] {
  const name = basename(source.file);
  const said = (...path: string[]): string | undefined => {
    const line = source.line(['autoResponse', ...path]);
    return line === undefined ? undefined : `${name}:${line}`;
  };
  const byId = (section: 'organizationalUnits' | 'accounts'): Record<string, string> =>
    Object.fromEntries(Object.keys(autoResponse[section]).map((id) => [id, said(section, id) ?? name]));
  return {
    default: said('default') ?? `${name}, which sets none`,
    organizationalUnits: byId('organizationalUnits'),
    accounts: byId('accounts'),
  };
}
