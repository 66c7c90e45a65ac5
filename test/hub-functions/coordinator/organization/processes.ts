import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BoundNames } from '../../../../hub-functions/coordinator/organization/bound-names';
import { Organization } from '../../../../hub-functions/coordinator/organization/organization';
import { KeptTree } from '../../../../ledger/organization/kept-tree';
import { PolicyNames } from '../../../../ledger/organization/policy-names';
import { UnknownAccounts } from '../../../../ledger/organization/unknown-accounts';
import { TestClock } from '../../../support/clock';
import { testPolicy } from '../../../support/findings';
import { FakeOrganizations } from './fake-organizations';

/** Several processes of the coordinator, with one ledger, one AWS Organizations and one clock. */
export class Processes {
  readonly clock = new TestClock();
  readonly organizations = new FakeOrganizations();
  /** What each refresh that failed was told as. */
  readonly failures: string[] = [];
  /** Happens instead of each pause of so many milliseconds. */
  whilePausing: (milliseconds: number) => unknown = (milliseconds) =>
    this.clock.advance({ seconds: milliseconds / 1000 });
  private holders = 0;

  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** A process that has just started. */
  start(documents = this.documents, policy = testPolicy): Organization {
    return new Organization({
      client: this.organizations.client(),
      kept: new KeptTree(documents, this.tableName),
      names: new BoundNames(policy, new PolicyNames(documents, this.tableName)),
      unknownAccounts: new UnknownAccounts(documents, this.tableName),
      now: this.clock.now,
      pause: async (milliseconds) => void (await this.whilePausing(milliseconds)),
      random: () => 0.5,
      newHolder: () => {
        this.holders += 1;
        return `worker-${this.holders}`;
      },
      onRefreshFailed: (error) => this.failures.push(String(error)),
    });
  }
}
