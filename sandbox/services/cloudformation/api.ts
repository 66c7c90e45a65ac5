import type { CloudFormation } from '../../cloudformation/engine';
import type { OrganizationsAccess } from '../../cloudformation/stack-sets/accounts';
import { StackSetError } from '../../cloudformation/stack-sets/error';
import { StackApiError } from '../../cloudformation/stacks/stacks';
import { UnsupportedError } from '../../failures';
import type { OwnedService } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { stackSetOperations } from './stack-sets-api';
import { type StacksParts, stackOperations } from './stacks-api';
import { queryAnswer } from './xml';

/** What the API answers from. */
export interface CloudFormationApiParts extends StacksParts {
  cloudFormation: CloudFormation;
  access: OrganizationsAccess;
}

/** CloudFormation's own API, as far as the sandbox has it. Who may call what was decided before. */
export function cloudFormationApi(parts: CloudFormationApiParts): OwnedService {
  const operations = {
    ...stackSetOperations(parts.cloudFormation, parts.access),
    ...stackOperations(parts),
  };
  return async (call) => {
    const answering = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (!answering) {
      throw new UnsupportedError(`The sandbox's CloudFormation does not know ${call.operation}.`);
    }
    try {
      return queryAnswer(call.operation, await answering(call));
    } catch (error) {
      if (error instanceof StackSetError || error instanceof StackApiError) {
        throw new ApiError(error.code, error.message, error.code.endsWith('NotFoundException') ? 404 : 400);
      }
      throw error;
    }
  };
}
