/**
 * How large the bundle of a hub function may be, with the AWS SDK in it; kB of 1,000 bytes. A few percent above what was measured:
 * the SDK's client of a service is most of it. A new function brings its own line.
 */
export const bundleLimits: Readonly<Record<string, number>> = {
  'staunch-coordinator': 725,
  'staunch-daily-doctor': 660,
  'staunch-notifier': 430,
  'staunch-orders': 400,
  'staunch-patrol-dispatcher': 440,
  'staunch-patrol-walker': 830,
  'staunch-reconcile': 345,
  'staunch-remediate-ami': 475,
  'staunch-remediate-bucket': 595,
  'staunch-remediate-ebs-snapshot': 470,
  'staunch-remediate-key': 475,
  'staunch-remediate-queue': 465,
  'staunch-remediate-rds-cluster-snapshot': 535,
  'staunch-remediate-rds-snapshot': 535,
  'staunch-remediate-repository': 470,
  'staunch-remediate-secret': 460,
  'staunch-remediate-security-group': 475,
  'staunch-remediate-ssm-document': 515,
  'staunch-remediate-topic': 480,
  'staunch-slack': 320,
  'staunch-slack-actions': 490,
  'staunch-slack-poster': 445,
};

/** The same of functions that only some policies have. */
export const optionalBundleLimits: Readonly<Record<string, number>> = {
  'staunch-security-hub': 375,
};

/**
 * How large the bundle of the rule function may be, with the parts of the AWS SDK that it brings; kB of 1,000 bytes. It grows with
 * each control and resource type; `npm run bench` says how large it is with twenty types.
 */
export const ruleBundleLimit = 162;

/** How large all member templates may be together; kB of 1,000 bytes. CloudFormation takes 1 MB for each. */
export const memberTemplatesLimit = 400;
