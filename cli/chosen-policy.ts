import { type PolicyFile, parsePolicy, readPolicy } from '../operator/policy-file';
import { policyFile } from './policy-file';
import { askSandbox } from './sandbox/ask-sandbox';
import { sandboxEndpoint } from './sandbox-endpoint';
import { UserError } from './user-error';

/**
 * The policy of a file. Against a kept sandbox it has the sandbox's own keys, as it would have if it was deployed there: a file for
 * a sandbox may leave them out.
 * @param given as the person at the keyboard named it; the project's own where left out
 * @throws OperatorError that lists everything that is wrong with it
 * @throws UserError when nothing is at AWS_ENDPOINT_URL, or the sandbox there refuses
 */
export async function chosenPolicy(given?: string): Promise<PolicyFile> {
  const [path, name] = policyFile(given);
  const text = readPolicy(path, name);
  const endpoint = sandboxEndpoint();
  const reply =
    endpoint === undefined ? undefined : await askSandbox(endpoint, 'CompletePolicy', { name, text });
  // What is no sandbox of Staunch's does not know the service; a sandbox that refuses says why.
  if (reply && [400, 401, 403].includes(reply.status))
    throw new UserError(
      `The sandbox at ${endpoint} does not complete ${name}: ${reply.message ?? reply.status}`,
    );
  return parsePolicy(reply?.answer?.done ? reply.answer.text : text, name);
}
