import type { SavedStructure } from '../../../../config/saved-structure';
import type { AwsAccess, CallPlace, Closable } from '../../../../operator/aws/access';
import { stubbed } from '../../../support/stubbed-client';
import { answers } from './answers';
import { type FakeCall, FakeState } from './fake-state';

/** An organization in memory, as far as the doctor asks about it and its cures change it. */
export class FakeOrganization extends FakeState {
  /** How many calls were made. */
  calls = 0;

  /** @param caller whose credentials the SDK finds */
  constructor(private readonly caller: string) {
    super();
  }

  readonly access: AwsAccess = {
    client: <Client extends Closable>(type: new (settings: never) => Client, place: CallPlace): Client => {
      const at = { account: place.credentials?.accessKeyId ?? this.caller, region: place.region };
      const client = new type({
        region: place.region,
        credentials: { accessKeyId: at.account, secretAccessKey: 'any' },
      } as never);
      return stubbed(client as Client & { middlewareStack: never }, (command, input) =>
        this.answer(command.replace(/Command$/, ''), input, at),
      ) as Client;
    },
  };

  /**
   * What AWS answers.
   * @throws FakeError as the SDK's client would
   */
  async answer(operation: string, input: Record<string, unknown>, call: FakeCall): Promise<object> {
    this.calls += 1;
    const answer = answers[operation];
    if (answer === undefined) throw new Error(`The organization in memory does not know ${operation}.`);
    return answer(this, input, call);
  }

  structure(): SavedStructure {
    return {
      version: 1,
      rootId: 'r-abcd',
      units: this.units,
      accounts: [...this.accounts.values()].map(({ id, name, parentId, status }) => ({
        id,
        name,
        parentId,
        status,
      })),
    };
  }
}
