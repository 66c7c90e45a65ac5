import { type Partition, partitionOf } from '../core/partition';

/** Something that Staunch uses, and that a partition lacks. */
export interface Lack {
  /** What is not there. */
  what: string;
  /** What Staunch does instead. */
  instead: string;
  /** Where it is told. */
  source: string;
}

/** What a partition may lack. */
export type Lacking = 'lambdaLoggingConfig' | 'stackSetsTrustedAccess';

const lambdaLogging = (source: string): Lack => ({
  what: "Lambda's own settings of logs: another log group, and lines as JSON.",
  instead:
    "Functions write to the log group that has Lambda's name for it, which is the one that they have elsewhere too; the rule function's lines are text.",
  source,
});

/** What of that which Staunch uses each partition lacks. */
export const lacks: Readonly<Record<Partition, Partial<Record<Lacking, Lack>>>> = {
  aws: {},
  'aws-us-gov': {
    lambdaLoggingConfig: lambdaLogging(
      'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-lambda.html',
    ),
  },
  'aws-cn': {
    lambdaLoggingConfig: lambdaLogging('https://github.com/aws/aws-cdk/issues/28919'),
    stackSetsTrustedAccess: {
      what: 'Trusted access of StackSets to AWS Organizations, by a note of AWS that may be outdated.',
      instead:
        'The stack sets are synthesized all the same. Where AWS refuses them, each account takes a plain stack with its own credentials.',
      source: 'https://docs.aws.amazon.com/ja_jp/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html',
    },
  },
};

/** Whether something is there in the partition of a Region. */
export function offers(region: string, what: Lacking): boolean {
  return lacks[partitionOf(region)][what] === undefined;
}
