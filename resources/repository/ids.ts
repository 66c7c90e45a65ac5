import { anyCharacters, couldMatch, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

const end = { characters: /[a-z0-9]/, least: 1, most: 1 };
const form: IdForm = [end, { characters: /[a-z0-9._/-]/, least: 0, most: 254 }, end];

/**
 * The name of a repository, with its namespaces, which is its id in AWS Config:
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
export const repositoryIds: ResourceIds = {
  pattern: /^[a-z0-9][a-z0-9._/-]{0,254}[a-z0-9]$/,
  form,
  noun: 'a repository',
  idNoun: "a repository's name",
  isNamedBy: (text) => inAddress(text) !== undefined,

  /** Takes an ARN or a URI for what it is. */
  instead(text) {
    const name = inAddress(text);
    if (name !== undefined && couldMatch(name, form)) return `write the repository's name alone: ${name}.`;
    return `a repository is named by its name, with its namespaces, like team/images; ${anyCharacters}.`;
  },
};

/** The name in an ARN of a repository, or in the URI by which images are pulled. */
function inAddress(text: string): string | undefined {
  const [, inArn, inUri] =
    /^arn:[^:]*:ecr:[^:]*:[^:]*:repository\/(.+)$|^[0-9]{12}\.dkr[.-]ecr\.[^/]+\/([^:@]+)/.exec(text) ?? [];
  return inArn ?? inUri;
}
