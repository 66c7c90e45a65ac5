import type { Organization } from '../../config/organization';
import { describedPlacement } from '../../config/placement-digest';
import type { SavedStructure } from '../../config/saved-structure';
import { expectedAccounts } from '../../operator/doctor/expected-accounts';
import { FakeOrganization } from '../../test/operator/doctor/organization/fake-organization';
import type { FakeCall } from '../../test/operator/doctor/organization/fake-state';
import { everything } from '../../test/operator/doctor/organization/planted-organization';
import { operations, pageOf } from './operations';
import type { PacedCalls } from './paced-calls';

/** How often operators' clients try a call, and how often the reconcile's does: `operator/aws/access.ts`, `hub-functions/reconcile/handler.ts`. */
export type Attempts = 10 | 8;

/**
 * An organization in memory that answers at AWS's pace and page by page: where the policy does not set up
 * a recorder AWS Control Tower has, and the rest is what a policy's deployment makes.
 */
export class PacedOrganization extends FakeOrganization {
  override readonly units: SavedStructure['units'];
  /** What is counted; before it is set nothing takes any time. */
  pace: { calls: PacedCalls; attempts: Attempts } | undefined;

  /** @param caller the account whose credentials the SDK finds */
  constructor(
    structure: SavedStructure,
    private readonly policy: Organization,
    caller: string,
  ) {
    super(caller);
    this.units = structure.units;
    const own = new Set(
      expectedAccounts(policy, structure).flatMap(({ accountId, recorder }) =>
        recorder === 'own' ? [accountId] : [],
      ),
    );
    for (const { id, name, parentId, status } of structure.accounts)
      this.accounts.set(id, {
        id,
        name,
        parentId,
        status,
        roles: new Set(['OrganizationAccountAccessRole']),
        regions: new Map(
          policy.regions.map((region) => [
            region,
            {
              optIn: 'opt-in-not-required',
              recorder: own.has(id) ? undefined : everything(),
              rules: new Map(),
              forwarding: new Map(),
            },
          ]),
        ),
      });
    this.policies.set('p-FullAWSAccess', {
      name: 'FullAWSAccess',
      content: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
      targets: new Set(['r-abcd', ...this.units.map(({ id }) => id), ...this.accounts.keys()]),
    });
  }

  override async answer(command: string, input: Record<string, unknown>, call: FakeCall): Promise<object> {
    const operation = operations[command];
    if (operation === undefined) throw new Error(`The bench does not know ${command}.`);
    const whole = () => this.#whole(command, input, call);
    if (this.pace === undefined) return whole();
    const { calls, attempts } = this.pace;
    const accountId = `${call.account} ${call.region}`;
    const answer = await calls.make(
      { service: operation.service, command, input, accountId, attempts },
      whole,
    );
    return pageOf(operation, answer, input);
  }

  async #whole(command: string, input: Record<string, unknown>, call: FakeCall): Promise<object> {
    if (command === 'UpdateStackInstances' || command === 'DeleteStackInstances')
      return { OperationId: 'operation' };
    if (command !== 'ListStackSets') return super.answer(command, input, call);
    // The reconcile goes by whose policy has placed a stack set.
    const Description = describedPlacement('Of Staunch.', this.policy);
    return { Summaries: [...this.stackSets.keys()].map((StackSetName) => ({ StackSetName, Description })) };
  }
}
