import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { type ShareChanges, shareChangesOf } from './share-changes';

/** What can be shared with everybody, each under a setting of its own. */
export type SharedNoun = 'snapshot' | 'image';

/** The states of each setting under which nothing can be shared with everybody. */
const blocking: Readonly<Record<SharedNoun, readonly string[]>> = {
  snapshot: ['block-all-sharing', 'block-new-sharing'],
  image: ['block-new-sharing'],
};

/** What EC2 knows of sharing with everybody and moto does not: the settings of each account and Region, and which snapshots are shared so. */
export class Sharing {
  readonly #blocks = new Map<string, string>();
  readonly #publicSnapshots = new Set<string>();

  /** The state of a setting; nothing is blocked at first. */
  blockOf(noun: SharedNoun, { accountId, region }: Pick<ApiCall, 'accountId' | 'region'>): string {
    return this.#blocks.get(`${noun} ${accountId} ${region}`) ?? 'unblocked';
  }

  setBlock(
    noun: SharedNoun,
    { accountId, region }: Pick<ApiCall, 'accountId' | 'region'>,
    state: string,
  ): void {
    this.#blocks.set(`${noun} ${accountId} ${region}`, state);
  }

  /** Whether EC2 lists a snapshot among those that everybody may use: under the strictest setting none is. */
  isOpen(snapshotId: string, place: Pick<ApiCall, 'accountId' | 'region'>): boolean {
    return this.#publicSnapshots.has(snapshotId) && this.blockOf('snapshot', place) !== 'block-all-sharing';
  }

  /** Learns from a call that succeeded. */
  learn(call: ApiCall): void {
    if (call.operation !== 'ModifySnapshotAttribute') return;
    const changes = shareChangesOf(call);
    if (!changes) return;
    if (changes.removed.some(isEverybody)) this.#publicSnapshots.delete(changes.id);
    if (changes.added.some(isEverybody)) this.#publicSnapshots.add(changes.id);
  }

  /**
   * Refuses what EC2 refuses and moto lets through.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
   * https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
   * @throws ApiError as EC2 would answer
   */
  check(call: ApiCall): void {
    const changes = shareChangesOf(call);
    if (!changes) return;
    const noun = call.operation === 'ModifyImageAttribute' ? 'image' : 'snapshot';
    if (noun === 'snapshot') refuseBoth(changes);
    if (!changes.added.some(isEverybody) || !blocking[noun].includes(this.blockOf(noun, call))) return;
    const [things, disable] =
      noun === 'image'
        ? ['AMIs', 'DisableImageBlockPublicAccess']
        : ['snapshots', 'DisableSnapshotBlockPublicAccess'];
    throw new ApiError(
      'OperationNotPermitted',
      `You can't publicly share this ${noun} because block public access for ${things} is enabled for this account. To publicly share the ${noun}, you must call the ${disable} API.`,
    );
  }
}

/** One operation on a snapshot adds or removes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html */
function refuseBoth({ added, removed }: ShareChanges): void {
  if (added.length === 0 || removed.length === 0) return;
  throw new ApiError(
    'InvalidParameterCombination',
    'You may add or remove createVolumePermission items, not both at once.',
  );
}

function isEverybody({ Group }: Readonly<Record<string, string>>): boolean {
  return Group === 'all';
}
