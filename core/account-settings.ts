/**
 * Settings of a whole account that decide about the resources in it. AWS Config records each as a resource of its own,
 * whose id is the account's. A resource's item does not show them, and a change of one makes no item of any resource.
 */
export const accountSettings = {
  'AWS::S3::AccountPublicAccessBlock': {
    /** Names the file under `member-functions/rule/account-settings/` that reads it. */
    slug: 'public-access-block',
    /**
     * What reading it takes; AWS limits it to no resource:
     * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
     */
    readActions: ['s3:GetAccountPublicAccessBlock'],
  },
} as const satisfies Record<string, { slug: string; readActions: readonly string[] }>;

/** AWS Config's name of a setting that decides about resources. */
export type AccountSettingType = keyof typeof accountSettings;
