import type { Partition } from './partition';

/** Resources that an action touches beside the finding's resource, and that AWS can name. */
export interface RelatedResources {
  /**
   * ARN pattern.
   * @param region a Region, or `*`
   * @param partition needed where no Region says it
   */
  arn(accountId: string, region: string, partition?: Partition): string;
  /** Values of condition keys under which the actions are allowed. */
  equals?: Readonly<Record<string, string>>;
  /** What they are, for people: `rules that the same call creates`. */
  noun: string;
  /** Why they are a pattern, for a template's reader. */
  reason: string;
}

/** IAM actions, and how far AWS can limit them. */
export interface Permission {
  actions: readonly string[];
  /**
   * - `resource`: limited to the finding's resource (in the member role: to its type).
   * - related resources: limited to these.
   * - `any`: AWS offers no limit.
   */
  on: 'resource' | RelatedResources | 'any';
  /** Why `any`, with AWS's source; and what else a reader should know. */
  reason?: string;
}
