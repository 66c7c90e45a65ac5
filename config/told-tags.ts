import type { CompiledPolicy } from './compiled';

/** The tags of which people are told: those that name an owner, and those by which a route sends to another channel. */
export function toldTags({ slack }: Pick<CompiledPolicy, 'slack'>): string[] {
  const routed = slack.routes.flatMap(({ tags = {} }) => Object.keys(tags));
  return [...new Set([...slack.ownerTags, ...routed])];
}
