import { parseJsonBody } from '../../gateway/protocols/json';
import type { Trail } from '../service';
import { repositoryArn } from './repository-arn';

/** Calls that only read, whatever their names begin with. */
const reading = /^Batch(GetImage|CheckLayerAvailability)$/;

/**
 * Repositories, by their name and ARN. ECR's API writes its parameters as the record does.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 */
export const trail: Trail = {
  namesOf: (call) => {
    const { repositoryName, resourceArn } = call.parameters;
    return repositoryName === undefined ? [resourceArn] : [repositoryName, repositoryArn(call)];
  },
  isData: ({ operation }) => reading.test(operation),
  requestParameters({ operation, parameters }) {
    // The record says so also where the call left it out.
    return {
      ...parameters,
      ...(operation === 'SetRepositoryPolicy' && { force: parameters.force === true }),
    };
  },
  responseElements: (_call, { body }) => parseJsonBody(Buffer.from(body)),
  resources: (call) => {
    const { repositoryName, resourceArn } = call.parameters;
    const ARN = repositoryName === undefined ? resourceArn : repositoryArn(call);
    return [{ accountId: call.accountId, ARN }];
  },
};
