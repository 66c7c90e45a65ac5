import { control } from '../../../controls/ecr-public-policy';
import { repositoryAdapter } from '../../../resources/repository/adapter';
import { repositoryFacts } from '../../../resources/repository/facts';
import { policyHolder } from './policy-holder';

const name = 'planted/repository';
const region = 'eu-west-1';
const createdAt = new Date('2026-01-01T00:00:00Z');
let arn = '';

/** Repositories. */
export const repository = policyHolder({
  name: 'repository',
  control,
  adapter: repositoryAdapter(),
  region,
  action: 'ecr:BatchGetImage',
  // Statements of a repository's policy name none.
  more: {},
  idIn: () => name,
  plant(aws, accountId, policy, tags) {
    arn = repositoryFacts.arn(accountId, region, name);
    aws.ecr.createRepository({ accountId, region, name, createdAt, policy, tags });
  },
  held: (aws) => aws.ecr.repository(arn),
});
