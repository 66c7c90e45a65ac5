import type { JsonObject } from '../../core/json';
import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

/** Repositories with policies, and with the properties that decide nothing. */
export const repositoryItem: ItemMaker = (index, choice) => {
  const name = `team-${choice.below(20)}/images-${index}`;
  const Arn = `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`;
  const policy = policyText(choice, 'ecr:BatchGetImage', Arn);
  return {
    resourceType: 'AWS::ECR::Repository',
    resourceId: name,
    resourceName: name,
    ARN: Arn,
    configuration: {
      RepositoryName: name,
      Arn,
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      ...(policy !== null && { RepositoryPolicyText: JSON.parse(policy) as JsonObject }),
    },
    supplementaryConfiguration: {},
  };
};
