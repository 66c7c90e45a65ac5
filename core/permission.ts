/** IAM actions, and how far AWS can limit them. */
export interface Permission {
  actions: readonly string[];
  /**
   * - `resource`: limited to the finding's resource (in the member role: to its type).
   * - `new-security-group-rule`: tags of rules that the same call of AuthorizeSecurityGroupIngress creates, by
   *   `ec2:CreateAction`: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
   * - `any`: AWS offers no limit.
   */
  on: 'resource' | 'new-security-group-rule' | 'any';
  /** Why `any`, with AWS's source; and what else a reader should know. */
  reason?: string;
}
