import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { parseJsonBody } from '../../gateway/protocols/json';
import { page } from '../../page';
import { namesMissingPrincipal } from '../iam/missing-principals';
import type { DecideUnder, Quirks } from '../service';
import { repositoryArn } from './repository-arn';

/** What ECR does and moto does not: principals that have to exist, policies that lock their author out, and pages. */
export const quirks: Quirks = { check, effective };

/**
 * Without `force` a policy must let its author set another one.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 * @throws ApiError `InvalidParameterException`, the only error which that page has for it
 */
function check(call: ApiCall, learned: Learned, under: DecideUnder): void {
  if (call.operation !== 'SetRepositoryPolicy') return;
  const { policyText, force } = call.parameters;
  const text = String(policyText);
  if (namesMissingPrincipal(text, learned)) throw invalid('Principal not found');
  const again = { action: 'ecr:SetRepositoryPolicy', resource: repositoryArn(call) };
  if (force !== true && !under(text, again).allowed) {
    throw invalid('The policy would not let you set another one. Use force to set it all the same');
  }
}

/** How many repositories a page has: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
const repositoriesPerPage = 100;

/** moto answers with all repositories at once. */
function effective({ operation, parameters }: ApiCall, answer: ApiAnswer): ApiAnswer {
  if (operation !== 'DescribeRepositories' || answer.status !== 200) return answer;
  const { maxResults, nextToken } = parameters;
  const { repositories } = parseJsonBody(Buffer.from(answer.body));
  if (!Array.isArray(repositories)) return answer;
  const limit = Number(maxResults ?? repositoriesPerPage);
  const { items, next } = page(repositories, limit, nextToken, () =>
    invalid('The nextToken is not one of these'),
  );
  return { ...answer, body: JSON.stringify({ repositories: items, ...(next && { nextToken: next }) }) };
}

function invalid(reason: string): ApiError {
  return new ApiError('InvalidParameterException', `Invalid parameter: '${reason}'`);
}
