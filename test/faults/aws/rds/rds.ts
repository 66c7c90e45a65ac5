import type {
  DescribeDBClusterSnapshotAttributesCommandInput,
  DescribeDBClusterSnapshotsCommandInput,
  DescribeDBSnapshotAttributesCommandInput,
  DescribeDBSnapshotsCommandInput,
  ModifyDBClusterSnapshotAttributeCommandInput,
  ModifyDBSnapshotAttributeCommandInput,
  Tag,
} from '@aws-sdk/client-rds';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';

/** A snapshot of a database or a cluster, as far as it can be shared. */
export interface RdsSnapshot {
  accountId: string;
  region: string;
  createdAt: string;
  type: 'manual' | 'automated';
  encrypted: boolean;
  /** Ids of accounts, and `all`. */
  restore: string[];
  tags: Tag[];
}

/** Snapshots of one kind: of databases or of clusters. */
class RdsSnapshots {
  readonly #snapshots = new Placed<RdsSnapshot & { id: string }>();

  constructor(
    /** In ARNs: `snapshot`. */
    readonly kind: 'snapshot' | 'cluster-snapshot',
    private readonly authorization: Authorization,
  ) {}

  /** Makes one, or replaces it. Names are an account's own in a Region. */
  create(id: string, snapshot: Partial<RdsSnapshot> & Pick<RdsSnapshot, 'accountId'>): void {
    const whole: RdsSnapshot = {
      region: 'eu-west-1',
      createdAt: '2026-01-01T00:00:00.000Z',
      type: 'manual',
      encrypted: false,
      restore: [],
      tags: [],
      ...snapshot,
    };
    this.#snapshots.set(this.#arn(id, whole), { ...whole, id });
  }

  /** Deletes one. */
  delete(id: string, place: Pick<RdsSnapshot, 'accountId' | 'region'>): void {
    this.#snapshots.delete(this.#arn(id, place));
  }

  /** One as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  get(id: string, place: Pick<RdsSnapshot, 'accountId' | 'region'>): RdsSnapshot | undefined {
    return this.#snapshots.get(this.#arn(id, place));
  }

  /** What a list answers: one that is named, or a page of all of a type in the account's Region. */
  listed(
    action: string,
    { id, type, marker, size }: { id?: string; type?: string; marker?: string; size?: number },
    caller: Caller,
  ) {
    const place = this.#checked(action, id ?? '*', caller);
    if (id !== undefined) return { page: [{ id, ...this.#existing(id, place) }] };
    const all = this.#snapshots
      .idsIn(place)
      .flatMap((arn) => this.#snapshots.get(arn) ?? [])
      .filter((snapshot) => type === undefined || snapshot.type === type);
    return pageOf(all, marker, size ?? 100);
  }

  /** The restore attribute of one. */
  restoreOf(action: string, id: string, caller: Caller): string[] {
    return [...this.#existing(id, this.#checked(action, id, caller)).restore];
  }

  /** Adds to and takes from the restore attribute. Who is there already, or is not, is no error. */
  modify(
    action: string,
    id: string,
    { added = [], removed = [] }: { added?: string[] | undefined; removed?: string[] | undefined },
    caller: Caller,
  ): string[] {
    const snapshot = this.#existing(id, this.#checked(action, id, caller));
    if (snapshot.type === 'automated') throw refused('An automated snapshot is not shared.');
    if (snapshot.encrypted && added.includes('all')) throw refused('An encrypted snapshot is not public.');
    const kept = snapshot.restore.filter((value) => !removed.includes(value));
    snapshot.restore = [...new Set([...kept, ...added])];
    return [...snapshot.restore];
  }

  /** The ARN of one. */
  arnOf(id: string, { session, region }: Caller): string {
    return this.#arn(id, { accountId: session?.accountId ?? '', region });
  }

  #checked(action: string, id: string, caller: Caller) {
    const accountId = caller.session?.accountId ?? '';
    const resources = [this.arnOf(id, caller)];
    this.authorization.check(caller, { service: 'RDS', action, resources, accountId });
    return { accountId, region: caller.region };
  }

  #existing(id: string, place: Pick<RdsSnapshot, 'accountId' | 'region'>): RdsSnapshot {
    const snapshot = this.get(id, place);
    if (snapshot) return snapshot;
    const name = this.kind === 'snapshot' ? 'DBSnapshotNotFoundFault' : 'DBClusterSnapshotNotFoundFault';
    throw serviceError('RDS', name, `${id} not found.`, 404);
  }

  #arn(id: string, { accountId, region }: Pick<RdsSnapshot, 'accountId' | 'region'>): string {
    return `arn:aws:rds:${region}:${accountId}:${this.kind}:${id}`;
  }
}

/**
 * Snapshots in memory, as RDS answers the calls that read and change with whom they are shared. Codes:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html
 */
export class Rds {
  readonly snapshots: RdsSnapshots;
  readonly clusterSnapshots: RdsSnapshots;
  /** What a client of RDS sends. */
  readonly commands: Commands;

  constructor(authorization: Authorization) {
    this.snapshots = new RdsSnapshots('snapshot', authorization);
    this.clusterSnapshots = new RdsSnapshots('cluster-snapshot', authorization);
    this.commands = { ...this.#databases(), ...this.#clusters() };
  }

  #databases(): Commands {
    const result = (DBSnapshotIdentifier: string, AttributeValues: string[]) => ({
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier,
        DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues }],
      },
    });
    return {
      DescribeDBSnapshots: (input: DescribeDBSnapshotsCommandInput, caller: Caller) => {
        const { page, next } = this.snapshots.listed(
          'rds:DescribeDBSnapshots',
          askedFor(input.DBSnapshotIdentifier, input),
          caller,
        ) as Listed;
        return {
          ...(next && { Marker: next }),
          DBSnapshots: page.map((one) => ({
            DBSnapshotIdentifier: one.id,
            DBSnapshotArn: this.snapshots.arnOf(one.id, caller),
            SnapshotCreateTime: new Date(one.createdAt),
            SnapshotType: one.type,
            Encrypted: one.encrypted,
            TagList: one.tags.map((tag) => ({ ...tag })),
          })),
        };
      },
      DescribeDBSnapshotAttributes: (input: DescribeDBSnapshotAttributesCommandInput, caller: Caller) => {
        const { DBSnapshotIdentifier: id = '' } = input;
        return result(id, this.snapshots.restoreOf('rds:DescribeDBSnapshotAttributes', id, caller));
      },
      ModifyDBSnapshotAttribute: (input: ModifyDBSnapshotAttributeCommandInput, caller: Caller) => {
        const { DBSnapshotIdentifier: id = '', ValuesToAdd: added, ValuesToRemove: removed } = input;
        const change = { added, removed };
        return result(id, this.snapshots.modify('rds:ModifyDBSnapshotAttribute', id, change, caller));
      },
    };
  }

  #clusters(): Commands {
    const result = (DBClusterSnapshotIdentifier: string, AttributeValues: string[]) => ({
      DBClusterSnapshotAttributesResult: {
        DBClusterSnapshotIdentifier,
        DBClusterSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues }],
      },
    });
    return {
      DescribeDBClusterSnapshots: (input: DescribeDBClusterSnapshotsCommandInput, caller: Caller) => {
        const { page, next } = this.clusterSnapshots.listed(
          'rds:DescribeDBClusterSnapshots',
          askedFor(input.DBClusterSnapshotIdentifier, input),
          caller,
        ) as Listed;
        return {
          ...(next && { Marker: next }),
          DBClusterSnapshots: page.map((one) => ({
            DBClusterSnapshotIdentifier: one.id,
            DBClusterSnapshotArn: this.clusterSnapshots.arnOf(one.id, caller),
            SnapshotCreateTime: new Date(one.createdAt),
            SnapshotType: one.type,
            StorageEncrypted: one.encrypted,
            TagList: one.tags.map((tag) => ({ ...tag })),
          })),
        };
      },
      DescribeDBClusterSnapshotAttributes: (
        input: DescribeDBClusterSnapshotAttributesCommandInput,
        caller: Caller,
      ) => {
        const { DBClusterSnapshotIdentifier: id = '' } = input;
        const action = 'rds:DescribeDBClusterSnapshotAttributes';
        return result(id, this.clusterSnapshots.restoreOf(action, id, caller));
      },
      ModifyDBClusterSnapshotAttribute: (
        input: ModifyDBClusterSnapshotAttributeCommandInput,
        caller: Caller,
      ) => {
        const { DBClusterSnapshotIdentifier: id = '', ValuesToAdd: added, ValuesToRemove: removed } = input;
        const action = 'rds:ModifyDBClusterSnapshotAttribute';
        return result(id, this.clusterSnapshots.modify(action, id, { added, removed }, caller));
      },
    };
  }
}

/** What a list answers. */
interface Listed {
  page: (RdsSnapshot & { id: string })[];
  next?: string;
}

function askedFor(
  id: string | undefined,
  { SnapshotType, Marker, MaxRecords }: DescribeDBSnapshotsCommandInput,
): { id?: string; type?: string; marker?: string; size?: number } {
  return {
    ...(id !== undefined && { id }),
    ...(SnapshotType !== undefined && { type: SnapshotType }),
    ...(Marker !== undefined && { marker: Marker }),
    ...(MaxRecords !== undefined && { size: MaxRecords }),
  };
}

function refused(message: string): Error {
  return serviceError('RDS', 'InvalidParameterValue', message);
}
