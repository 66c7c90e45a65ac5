import type { Severity } from '../../core/violation';
import type { Danger } from '../kit/internet';
import type { SecurityGroup } from './model';

/** How many sources a sentence names. */
const mostNamed = 3;

/** The sources of a danger, as the end of a sentence. */
export function namedSources({ sources, together }: Pick<Danger, 'sources' | 'together'>): string {
  const more = sources.length - mostNamed;
  const names = more > 0 ? `${sources.slice(0, mostNamed).join(', ')} and ${more} more` : sources.join(', ');
  return `${together.size > 0 ? ' by ranges that add up to it' : ''}: ${names}`;
}

/** How bad a violation of a group is: less while nothing uses it. */
export function severityOf(
  { attached }: SecurityGroup,
  { severity, unattachedSeverity }: { severity: Severity; unattachedSeverity: Severity },
): Severity {
  return attached === false ? unattachedSeverity : severity;
}
