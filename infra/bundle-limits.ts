/**
 * How large the bundle of a hub function may be, with the AWS SDK in it; kB of 1,000 bytes. A few percent above what was measured:
 * the SDK's client of a service is most of it. A new function brings its own line.
 */
export const bundleLimits: Readonly<Record<string, number>> = {
  'staunch-coordinator': 700,
  'staunch-daily-doctor': 630,
  'staunch-notifier': 400,
  'staunch-orders': 395,
  'staunch-patrol-dispatcher': 415,
  'staunch-patrol-walker': 605,
  'staunch-reconcile': 340,
  'staunch-remediate-ami': 440,
  'staunch-remediate-bucket': 545,
  'staunch-remediate-ebs-snapshot': 435,
  'staunch-remediate-key': 430,
  'staunch-remediate-queue': 445,
  'staunch-remediate-rds-cluster-snapshot': 450,
  'staunch-remediate-rds-snapshot': 450,
  'staunch-remediate-repository': 455,
  'staunch-remediate-secret': 430,
  'staunch-remediate-security-group': 430,
  'staunch-remediate-ssm-document': 450,
  'staunch-remediate-queue': 430,
  'staunch-remediate-rds-cluster-snapshot': 525,
  'staunch-remediate-rds-snapshot': 525,
  'staunch-remediate-security-group': 430,
  'staunch-remediate-ssm-document': 505,
  'staunch-remediate-topic': 430,
  'staunch-remediate-queue': 445,
  'staunch-remediate-repository': 455,
  'staunch-remediate-security-group': 430,
  'staunch-patrol-dispatcher': 430,
  'staunch-patrol-walker': 655,
  'staunch-reconcile': 340,
  'staunch-remediate-ami': 465,
  'staunch-remediate-bucket': 580,
  'staunch-remediate-ebs-snapshot': 455,
  'staunch-remediate-key': 460,
  'staunch-remediate-queue': 450,
  'staunch-remediate-repository': 460,
  'staunch-remediate-secret': 445,
  'staunch-remediate-security-group': 465,
  'staunch-remediate-topic': 465,
};

/**
 * How large the bundle of the rule function may be, with the parts of the AWS SDK that it brings; kB of 1,000 bytes. It grows with
 * each control and resource type; `npm run bench` says how large it is with twenty types.
 */
export const ruleBundleLimit = 150;

/** How large all member templates may be together; kB of 1,000 bytes. CloudFormation takes 1 MB for each. */
export const memberTemplatesLimit = 400;
