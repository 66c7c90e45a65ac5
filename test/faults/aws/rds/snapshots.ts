import type { DescribeDBSnapshotsCommandInput, Tag } from '@aws-sdk/client-rds';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';

/** A manual snapshot as it really is. */
export interface SnapshotState {
  accountId: string;
  region: string;
  createdAt: string;
  isEncrypted: boolean;
  /** The values of its attribute `restore`. */
  values: string[];
  tags: Tag[];
}

/** What differs between snapshots of instances and of clusters. */
export interface SnapshotKind {
  /** In ARNs. */
  noun: 'snapshot' | 'cluster-snapshot';
  /** In names of operations and keys. */
  prefix: 'DBSnapshot' | 'DBClusterSnapshot';
  encrypted: 'Encrypted' | 'StorageEncrypted';
  /** The SDK's name of RDS's word that there is none. */
  missing: string;
}

/** What calls of this kind hold, under keys that the kind names. */
type Named = Readonly<Record<string, unknown>>;

/** How many accounts a snapshot may be shared with: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
const mostValues = 20;

/**
 * Manual snapshots in memory, as RDS answers the calls that read and change with whom they are shared. Codes:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html
 */
export class Snapshots {
  readonly #snapshots = new Placed<SnapshotState & { id: string }>();

  constructor(
    private readonly kind: SnapshotKind,
    private readonly authorization: Authorization,
  ) {}

  /** Makes one, or replaces it. */
  create(id: string, state: Partial<SnapshotState> & Pick<SnapshotState, 'accountId'>): void {
    const createdAt = '2026-01-01T00:00:00.000Z';
    const common = { id, region: 'eu-west-1', createdAt, isEncrypted: false, values: [], tags: [] };
    this.#snapshots.set(keyOf(id, { region: 'eu-west-1', ...state }), { ...common, ...state });
  }

  /** Deletes one. */
  delete(id: string, place: Pick<SnapshotState, 'accountId' | 'region'>): void {
    this.#snapshots.delete(keyOf(id, place));
  }

  /** One as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  get(id: string, place: Pick<SnapshotState, 'accountId' | 'region'>): SnapshotState | undefined {
    return this.#snapshots.get(keyOf(id, place));
  }

  /** What a client of RDS sends about them. */
  get commands(): Commands {
    const { prefix } = this.kind;
    return {
      [`Describe${prefix}s`]: (input: Named, caller: Caller) => this.#describe(input, caller),
      [`Describe${prefix}Attributes`]: (input: Named, caller: Caller) => {
        const { id, state } = this.#reached(input, caller, `rds:Describe${prefix}Attributes`);
        return this.#attributes(id, state);
      },
      [`Modify${prefix}Attribute`]: (input: Named, caller: Caller) => {
        const { id, state } = this.#reached(input, caller, `rds:Modify${prefix}Attribute`);
        modify(state, input);
        return this.#attributes(id, state);
      },
    };
  }

  #describe(input: Named, caller: Caller) {
    const { prefix, encrypted, noun } = this.kind;
    const accountId = caller.session?.accountId ?? '';
    const action = `rds:Describe${prefix}s`;
    this.authorization.check(caller, { service: 'RDS', action, resources: ['*'], accountId });
    const { MaxRecords, Marker, SnapshotType } = input as DescribeDBSnapshotsCommandInput;
    const place = { accountId, region: caller.region };
    const wanted = input[`${prefix}Identifier`];
    if (wanted === undefined && SnapshotType !== 'manual') {
      throw new Error('The in-memory RDS lists manual snapshots alone.');
    }
    const all = this.#snapshots.idsIn(place).flatMap((key) => this.#snapshots.get(key) ?? []);
    const found = all.filter(({ id }) => wanted === undefined || id === wanted);
    if (found.length === 0 && wanted !== undefined) throw this.#none(String(wanted));
    const { page, next } = pageOf(found, Marker, MaxRecords ?? 100);
    return {
      ...(next && { Marker: next }),
      [`${prefix}s`]: page.map(({ id, createdAt, isEncrypted, tags }) => ({
        [`${prefix}Identifier`]: id,
        [`${prefix}Arn`]: `arn:aws:rds:${place.region}:${accountId}:${noun}:${id}`,
        SnapshotCreateTime: new Date(createdAt),
        SnapshotType: 'manual',
        [encrypted]: isEncrypted,
        TagList: tags.map((tag) => ({ ...tag })),
      })),
    };
  }

  #attributes(id: string, { values }: SnapshotState) {
    const { prefix } = this.kind;
    const attributes = [{ AttributeName: 'restore', AttributeValues: [...values] }];
    return {
      [`${prefix}AttributesResult`]: { [`${prefix}Identifier`]: id, [`${prefix}Attributes`]: attributes },
    };
  }

  /** One as its account's calls see it, once the call is allowed. @throws RDS's word that there is none */
  #reached(input: Named, caller: Caller, action: string): { id: string; state: SnapshotState } {
    const { prefix, noun } = this.kind;
    const id = String(input[`${prefix}Identifier`]);
    const accountId = caller.session?.accountId ?? '';
    const resources = [`arn:aws:rds:${caller.region}:${accountId}:${noun}:${id}`];
    this.authorization.check(caller, { service: 'RDS', action, resources, accountId });
    const state = this.get(id, { accountId, region: caller.region });
    if (!state) throw this.#none(id);
    return { id, state };
  }

  #none(id: string): Error {
    return serviceError('RDS', this.kind.missing, `${this.kind.prefix} ${id} not found.`, 404);
  }
}

/** Changes the values all or none. One that is there already, or is not, is no error. */
function modify(state: SnapshotState, input: Named): void {
  const {
    AttributeName,
    ValuesToAdd = [],
    ValuesToRemove = [],
  } = input as {
    AttributeName?: string;
    ValuesToAdd?: string[];
    ValuesToRemove?: string[];
  };
  if (AttributeName !== 'restore') throw new Error('The in-memory RDS changes shares alone.');
  if (state.isEncrypted && ValuesToAdd.includes('all')) {
    throw serviceError('RDS', 'InvalidParameterValue', 'An encrypted snapshot cannot be made public.');
  }
  const kept = state.values.filter((value) => !ValuesToRemove.includes(value));
  const values = [...new Set([...kept, ...ValuesToAdd])];
  if (values.length > mostValues) {
    throw serviceError('RDS', 'SharedSnapshotQuotaExceededFault', 'The snapshot is shared with too many.');
  }
  state.values = values;
}

function keyOf(id: string, { accountId, region }: Pick<SnapshotState, 'accountId' | 'region'>): string {
  return `${accountId} ${region} ${id}`;
}
