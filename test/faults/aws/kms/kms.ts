import type {
  DescribeKeyCommandInput,
  GetKeyPolicyCommandInput,
  ListKeysCommandInput,
  ListResourceTagsCommandInput,
  PutKeyPolicyCommandInput,
} from '@aws-sdk/client-kms';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';
import { isStorable } from '../stored-policy';
import { keyPolicyLets } from './key-policy';

/** A key as it really is. */
export interface KeyState {
  accountId: string;
  region: string;
  createdAt: Date;
  /** `AWS` for a key that AWS manages in the account. Default: `CUSTOMER`. */
  manager?: 'AWS' | 'CUSTOMER';
  /** Default: `Enabled`. */
  state?: 'Enabled' | 'Disabled' | 'PendingDeletion';
  policy: string;
  tags?: Record<string, string> | undefined;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
const keysPerPage = 100;

/**
 * Keys in memory, as KMS answers the calls that read and change who can use them. Codes:
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export class Kms {
  /** By their ARN. */
  readonly #keys = new Placed<KeyState>();

  constructor(private readonly authorization: Authorization) {}

  /** Makes a key, or replaces it. */
  createKey(arn: string, state: KeyState): void {
    this.#keys.set(arn, state);
  }

  /** Deletes a key at once. */
  deleteKey(arn: string): void {
    this.#keys.delete(arn);
  }

  /** A key as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  key(arn: string): KeyState | undefined {
    return this.#keys.get(arn);
  }

  /** What a client of KMS sends. */
  readonly commands: Commands = {
    ListKeys: ({ Limit = keysPerPage, Marker }: ListKeysCommandInput, caller: Caller) => {
      const { accountId } = this.authorization.check(caller, {
        service: 'KMS',
        action: 'kms:ListKeys',
        resources: ['*'],
        accountId: caller.session?.accountId ?? '',
      });
      const { page, next } = pageOf(this.#keys.idsIn({ accountId, region: caller.region }), Marker, Limit);
      const Keys = page.map((arn) => ({ KeyArn: arn, KeyId: idOf(arn) }));
      return { Keys, Truncated: next !== undefined, ...(next && { NextMarker: next }) };
    },
    DescribeKey: ({ KeyId }: DescribeKeyCommandInput, caller: Caller) => {
      const { arn, key } = this.#reached(KeyId, caller, 'kms:DescribeKey');
      const { accountId, createdAt, manager = 'CUSTOMER', state = 'Enabled' } = key;
      return {
        KeyMetadata: {
          AWSAccountId: accountId,
          Arn: arn,
          KeyId: idOf(arn),
          CreationDate: createdAt,
          KeyManager: manager,
          KeyState: state,
          Enabled: state === 'Enabled',
        },
      };
    },
    GetKeyPolicy: ({ KeyId }: GetKeyPolicyCommandInput, caller: Caller) => {
      const { key } = this.#reached(KeyId, caller, 'kms:GetKeyPolicy');
      return { Policy: key.policy, PolicyName: 'default' };
    },
    PutKeyPolicy: (input: PutKeyPolicyCommandInput, caller: Caller) => {
      const { key, session } = this.#reached(input.KeyId, caller, 'kms:PutKeyPolicy');
      const { Policy: policy = '', BypassPolicyLockoutSafetyCheck: bypass } = input;
      if (!isStorable(policy)) {
        throw malformed('Policy contains a statement with one or more invalid principals.');
      }
      if (bypass !== true && !keyPolicyLets(session, 'kms:PutKeyPolicy', policy)) {
        throw malformed('The new key policy will not allow you to update the key policy in the future.');
      }
      key.policy = policy;
      return {};
    },
    ListResourceTags: ({ KeyId }: ListResourceTagsCommandInput, caller: Caller) => {
      const { tags = {} } = this.#reached(KeyId, caller, 'kms:ListResourceTags').key;
      const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
      return { Tags, Truncated: false };
    },
  };

  /** The key of a call, by its ARN or its id, once the call is allowed: by the key's policy, too. */
  #reached(id = '', caller: Caller, action: string) {
    const own = caller.session?.accountId ?? '';
    const arn = id.startsWith('arn:') ? id : `arn:aws:kms:${caller.region}:${own}:key/${id}`;
    const accountId = arn.split(':')[4] ?? '';
    const session = this.authorization.check(caller, { service: 'KMS', action, resources: [arn], accountId });
    const key = this.key(arn);
    if (key?.region !== caller.region) {
      throw serviceError('KMS', 'NotFoundException', `Key '${arn}' does not exist`);
    }
    if (keyPolicyLets(session, action, key.policy)) return { arn, key, session };
    throw serviceError(
      'KMS',
      'AccessDeniedException',
      `No resource-based policy allows the ${action} action`,
    );
  }
}

function idOf(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function malformed(message: string): Error {
  return serviceError('KMS', 'MalformedPolicyDocumentException', message);
}
